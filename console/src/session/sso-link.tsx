import { useQuery } from '@tanstack/react-query';
import { buttonClasses } from '../ui/button.tsx';
import { signInOptionsQuery } from './session.ts';

/** The way to the issuer, where the instance has one. It comes back to `from`. */
export function SsoLink({ from }: { from: string }) {
  const { data } = useQuery(signInOptionsQuery);
  if (!data?.sso) return null;
  return (
    <>
      <p className="my-4 text-center text-muted">or</p>
      <a
        href={`/api/v1/auth/sso?${new URLSearchParams({ from })}`}
        className={`w-full ${buttonClasses({ look: 'secondary' })}`}
      >
        Sign in with single sign-on
      </a>
    </>
  );
}
