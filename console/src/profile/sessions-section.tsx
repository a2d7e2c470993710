import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { useActions } from '../kit/use-actions.ts';
import { forgetSession } from '../session/session.ts';
import { toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SessionItem } from './session-item.tsx';
import { sessionsQuery } from './session-queries.ts';

/** Where the person is signed in, and the way out of each. */
export function SessionsSection() {
  const [isAsking, setIsAsking] = useState(false);
  const sessions = useQuery(sessionsQuery);
  useActions('Profile', [{ label: 'Sign out everywhere', run: () => setIsAsking(true) }]);
  return (
    <ProfileSection title="Sessions" hint="Browsers and programs that are signed in as you.">
      {sessions.isPending && <p className="text-muted">Loading sessions…</p>}
      {sessions.error && <ProblemState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.data && (
        <>
          <ul aria-label="Sessions" className="mb-4 divide-y divide-line rounded-md border border-line">
            {sessions.data.map((session) => (
              <SessionItem key={session.id} session={session} />
            ))}
          </ul>
          <Button onClick={() => setIsAsking(true)}>Sign out everywhere</Button>
        </>
      )}
      {isAsking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          action="Sign out everywhere"
          dangerous
          onConfirm={() => client.DELETE('/auth/sessions').then(forgetSession, toastProblem)}
          onClose={() => setIsAsking(false)}
        >
          <p>Every session of yours ends, this one too. Whoever uses one has to sign in again.</p>
        </ConfirmDialog>
      )}
    </ProfileSection>
  );
}
