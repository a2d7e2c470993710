import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { signIn } from './session.ts';

type Props = {
  /** Given where someone signs in again: it has to be the same person. */
  username?: string;
  onSignedIn: () => void;
};

/** Username and password, then a one-time or recovery code where the account asks for one. */
export function SignInForm({ username, onSignedIn }: Props) {
  const [asksForCode, setAsksForCode] = useState(false);
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: onSignedIn,
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'otp_required') setAsksForCode(true);
    },
    retry: false,
    networkMode: 'always',
  });
  const problem = attempt.error instanceof ApiProblem && attempt.error.code !== 'otp_required' ? attempt.error : null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const otp = String(form.get('otp') ?? '').trim();
    attempt.mutate({
      username: String(form.get('username')).trim().toLowerCase(),
      password: String(form.get('password')),
      ...(otp && { otp }),
    });
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <FormField label="Username" error={fieldError(problem, '#/username')}>
        <Input
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          required
          defaultValue={username}
          readOnly={username !== undefined}
          autoFocus={username === undefined}
        />
      </FormField>
      <FormField label="Password" error={fieldError(problem, '#/password')}>
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          required
          autoFocus={username !== undefined}
        />
      </FormField>
      {asksForCode && (
        <FormField
          label="One-time code"
          hint="Six digits from your authenticator app, or a recovery code."
          error={fieldError(problem, '#/otp')}
        >
          <Input name="otp" autoComplete="one-time-code" inputMode="text" autoCapitalize="none" required autoFocus />
        </FormField>
      )}
      <FormProblem problem={problem} known={['#/username', '#/password', '#/otp']} />
      <Button type="submit" look="primary" disabled={attempt.isPending} className="w-full">
        {attempt.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
