import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { channelsQuery } from '../channels/channel-queries.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import type { DeliveryFilters } from './delivery-queries.ts';

type Props = { filters: DeliveryFilters; onDone: () => void };

/** Sends all again that failed at the chosen channel, in the chosen time. */
export function RedeliverFailed({ filters: { channel, from, to }, onDone }: Props) {
  const [asks, setAsks] = useState(false);
  const { data } = useQuery(channelsQuery);
  const chosen = data?.data.find(({ id }) => id === channel);
  if (!chosen) return null;
  const send = () =>
    redeliverAll({ channel: chosen.id, ...(from && { from }), ...(to && { to }) })
      .then((count) => toast({ title: `${count} on their way again` }))
      .then(onDone)
      .catch(toastProblem);
  return (
    <>
      <Button size="small" onClick={() => setAsks(true)}>
        Send failed again
      </Button>
      {asks && (
        <ConfirmDialog
          title={`Send all again that failed at ${chosen.name}?`}
          action="Send again"
          onConfirm={send}
          onClose={() => setAsks(false)}
        >
          {from || to ? 'Those that failed in the time of the filter' : 'All that are kept, from the last 90 days'}, and
          were not sent again since.
        </ConfirmDialog>
      )}
    </>
  );
}

type Replay = { channel: number; from?: string; to?: string };

/** The API takes so many at a time; it is asked until none is left. */
async function redeliverAll(replay: Replay): Promise<number> {
  let count = 0;
  for (;;) {
    const { redelivered, complete } = await answerOf(client.POST('/deliveries/redeliver', { body: replay }));
    count += redelivered;
    if (complete) return count;
  }
}
