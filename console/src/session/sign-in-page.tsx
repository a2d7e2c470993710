import { getRouteApi, useRouter } from '@tanstack/react-router';
import { FrontPage } from './front-page.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SsoFault } from './sso-fault.tsx';
import { SsoLink } from './sso-link.tsx';

const route = getRouteApi('/sign-in');

/** Where strangers arrive. Afterwards they go on to where they wanted to go. */
export function SignInPage() {
  const { from = '/', sso } = route.useSearch();
  const router = useRouter();
  return (
    <FrontPage title="Sign in">
      {sso && <SsoFault sso={sso} />}
      <SignInForm onSignedIn={() => router.history.replace(from)} />
      <SsoLink from={from} />
    </FrontPage>
  );
}
