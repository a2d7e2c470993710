import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

/** Sends the selected deliveries again, one after the other. */
export function RedeliverBar({ ids, onDone }: { ids: readonly number[]; onDone: () => void }) {
  const [done, setDone] = useState(0);
  const { mutate, isPending } = useMutation({
    mutationFn: () => redeliver(ids, setDone),
    onSuccess: ({ sent, refusal }) => {
      toast({ title: `${sent} of ${ids.length} sent again` });
      if (refusal) toastProblem(refusal);
      onDone();
    },
  });
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-3 border-t border-line bg-raised px-4 py-2">
      <span className="mr-auto font-medium">{ids.length} selected</span>
      {isPending && (
        <div className="w-40">
          <ProgressBar label="Sending again" value={done / ids.length} />
        </div>
      )}
      <Button size="small" look="primary" disabled={isPending} onClick={() => mutate()}>
        Send {ids.length} again
      </Button>
    </div>
  );
}

/** How many went, and why the last that did not was refused. */
async function redeliver(ids: readonly number[], onProgress: (done: number) => void) {
  let sent = 0;
  let refusal: unknown;
  for (const [index, id] of ids.entries()) {
    const call = answerOf(client.POST('/deliveries/{id}/redeliver', { params: { path: { id } } }));
    await call.then(
      () => {
        sent += 1;
      },
      (error: unknown) => {
        refusal = error;
      },
    );
    onProgress(index + 1);
  }
  return { sent, refusal };
}
