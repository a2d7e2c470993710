import { CSPProvider } from '@base-ui/react/csp-provider';
import { Outlet } from '@tanstack/react-router';
import { SignInAgainDialog } from '../session/sign-in-again-dialog.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { LoadingBar } from './loading-bar.tsx';
import { Toasts } from './toasts.tsx';

/** What stands around every page: progress, banner, toasts, and the dialog of a session that has ended. */
export function Root() {
  return (
    // The policy of the page allows no style elements; what they would say is in styles.css.
    <CSPProvider disableStyleElements>
      <LoadingBar />
      <div className="flex h-full flex-col">
        <ConnectionBanner />
        <div className="min-h-0 flex-1">
          <Outlet />
        </div>
      </div>
      <Toasts />
      <SignInAgainDialog />
    </CSPProvider>
  );
}
