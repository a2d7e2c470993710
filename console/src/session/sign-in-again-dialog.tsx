import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { renewAccess } from '../api/access.ts';
import { interruption } from '../api/sign-in-again.ts';
import { useStore } from '../core/store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { forgetSession, onSignInElsewhere, selfQuery } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SsoLink } from './sso-link.tsx';

/** Stands over the page when the session has ended in mid-work. What waits for it goes on afterwards; drafts stay. */
export function SignInAgainDialog() {
  const waiting = useStore(interruption);
  const queries = useQueryClient();
  const username = queries.getQueryData(selfQuery.queryKey)?.username;

  useEffect(() => {
    if (!waiting) return;
    async function goOn() {
      if (!(await renewAccess())) return;
      const self = await queries.fetchQuery({ ...selfQuery, staleTime: 0 });
      // What is on the page was for someone else's eyes.
      if (self.username === username) waiting?.done();
      else location.reload();
    }
    // What fails leaves the dialog as it is.
    return onSignInElsewhere(() => void goOn().catch(() => undefined));
  }, [waiting, queries, username]);

  if (!waiting) return null;
  return (
    <Dialog
      title="Your session has ended"
      description="Sign in again to go on where you were. Nothing on this page is lost."
    >
      <SignInForm {...(username && { username })} onSignedIn={waiting.done} />
      <SsoLink from="/" inNewTab />
      <Button look="quiet" size="small" className="mt-3 w-full" onClick={forgetSession}>
        Sign in as someone else (drops what is not saved)
      </Button>
    </Dialog>
  );
}
