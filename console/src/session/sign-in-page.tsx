import { getRouteApi, useRouter } from '@tanstack/react-router';
import { FrontPage } from './front-page.tsx';
import { SignInForm } from './sign-in-form.tsx';

const route = getRouteApi('/sign-in');

/** Where strangers arrive. Afterwards they go on to where they wanted to go. */
export function SignInPage() {
  const { from } = route.useSearch();
  const router = useRouter();
  return (
    <FrontPage title="Sign in">
      <SignInForm onSignedIn={() => router.history.replace(from ?? '/')} />
    </FrontPage>
  );
}
