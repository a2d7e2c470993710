import { useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { actorName } from '../kit/actor-name.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import type { Invitation } from './people-queries.ts';

type Props = { invitation: Invitation; onRevoked: () => Promise<unknown> };

/** An open invitation, and the way to take it back. */
export function InvitationItem({ invitation, onRevoked }: Props) {
  const { id, role, email, created_by, created_at, expires_at } = invitation;
  const [isAsking, setIsAsking] = useState(false);
  async function revoke() {
    await answerOf(client.DELETE('/invitations/{id}', { params: { path: { id } } })).then(
      () => toast({ title: `Invitation ${id} revoked` }),
      toastProblem,
    );
    // Also when it failed: it was used meanwhile.
    await onRevoked();
  }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">
          {email ?? 'Somebody'} <span className="font-normal text-muted">as {role}</span>
        </p>
        <p className="text-muted">
          Invitation {id} by {actorName(created_by)}, <TimeText time={created_at} />; ends{' '}
          <TimeText time={expires_at} />
        </p>
      </div>
      <Button size="small" aria-label={`Revoke invitation ${id}`} onClick={() => setIsAsking(true)}>
        Revoke
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Revoke invitation ${id}?`}
          action="Revoke"
          dangerous
          onConfirm={revoke}
          onClose={() => setIsAsking(false)}
        >
          Its link stops working at once.
        </ConfirmDialog>
      )}
    </li>
  );
}
