import { useMutation } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LinkShown } from './link-shown.tsx';
import type { Person } from './people-queries.ts';

type Props = { person: Person; onClose: () => void };

/** Makes a link with which somebody sets a new password, and shows it this once. */
export function ResetDialog({ person: { id, username }, onClose }: Props) {
  const make = useMutation({
    mutationFn: () => answerOf(client.POST('/users/{id}/reset', { params: { path: { id } } })),
  });
  if (make.data) {
    return (
      <Dialog title={`Reset link for ${username}`} description={`Hand it to ${username}, and to nobody else.`}>
        <LinkShown label="Reset link" link={make.data} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog onClose={onClose} title={`Let ${username} set a new password?`}>
      <p>You get a link to hand over. Once it is used, all their sessions end. Until then nothing changes.</p>
      <FormProblem problem={make.error instanceof ApiProblem ? make.error : null} />
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={make.isPending} onClick={() => make.mutate()}>
          Make the link
        </Button>
      </div>
    </Dialog>
  );
}
