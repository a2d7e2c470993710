import { useQuery } from '@tanstack/react-query';
import { buttonClasses } from '../ui/button.tsx';
import { signInOptionsQuery } from './session.ts';

type Props = {
  /** Where it comes back to. */
  from: string;
  /** For where the page has to stay as it is. */
  inNewTab?: boolean;
};

/** The way to the issuer, where the instance has one. */
export function SsoLink({ from, inNewTab = false }: Props) {
  const { data } = useQuery(signInOptionsQuery);
  if (!data?.sso) return null;
  return (
    <>
      <p className="my-4 text-center text-muted">or</p>
      <a
        {...(inNewTab && { target: '_blank' })}
        href={`/api/v1/auth/sso?${new URLSearchParams({ from })}`}
        className={`w-full ${buttonClasses({ look: 'secondary' })}`}
      >
        Sign in with single sign-on{inNewTab && ' (new tab)'}
      </a>
    </>
  );
}
