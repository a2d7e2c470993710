import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { toast, toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { deviceOf } from './device-of.ts';
import { type Session, sessionsQuery } from './session-queries.ts';

/** One session: on what, from where, since when, and the way to end it. This one is ended by signing out. */
export function SessionItem({ session }: { session: Session }) {
  const [isAsking, setIsAsking] = useState(false);
  const queries = useQueryClient();
  const { id, ip, current, user_agent: userAgent } = session;
  const device = deviceOf(userAgent);

  async function end() {
    await client
      .DELETE('/auth/sessions/{id}', { params: { path: { id } } })
      .then(() => toast({ title: 'Session ended' }), toastProblem);
    await queries.invalidateQueries(sessionsQuery);
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-3">
      <div className="min-w-48 flex-1">
        <p className="break-words font-medium" title={userAgent ?? undefined}>
          {device}
          {current && <span className="ml-2 rounded bg-chosen px-1.5 py-0.5 text-xs font-normal">This one</span>}
        </p>
        <p className="text-xs text-muted">
          {ip && `${ip} · `}signed in <TimeText time={session.created_at} /> · last used{' '}
          <TimeText time={session.refreshed_at} />
        </p>
      </div>
      {!current && (
        <Button size="small" aria-label={`End session on ${device}`} onClick={() => setIsAsking(true)}>
          End
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title="End this session?"
          action="End session"
          dangerous
          onConfirm={end}
          onClose={() => setIsAsking(false)}
        >
          <p className="break-words">{device} has to sign in again.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
