import { useQueryClient } from '@tanstack/react-query';
import { interruption } from '../api/sign-in-again.ts';
import { useStore } from '../core/store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { forgetSession, selfQuery } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Stands over the page when the session has ended in mid-work. What waits for it goes on afterwards; drafts stay. */
export function SignInAgainDialog() {
  const waiting = useStore(interruption);
  const username = useQueryClient().getQueryData(selfQuery.queryKey)?.username;
  if (!waiting) return null;
  return (
    <Dialog
      title="Your session has ended"
      description="Sign in again to go on where you were. Nothing on this page is lost."
    >
      <SignInForm {...(username && { username })} onSignedIn={waiting.done} />
      <Button look="quiet" size="small" className="mt-3 w-full" onClick={forgetSession}>
        Sign in as someone else (drops what is not saved)
      </Button>
    </Dialog>
  );
}
