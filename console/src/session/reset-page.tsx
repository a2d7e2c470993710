import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button, buttonClasses } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { FrontPage } from './front-page.tsx';
import { takeLinkToken } from './take-link-token.ts';

/** Sets a new password by the link that an admin made. */
export function ResetPage() {
  const [token] = useState(takeLinkToken);
  const attempt = useMutation({
    mutationFn: (password: string) => answerOf(client.POST('/auth/reset', { body: { token: token ?? '', password } })),
    retry: false,
  });
  const problem = attempt.error instanceof ApiProblem ? attempt.error : null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    attempt.mutate(String(new FormData(event.currentTarget).get('password')));
  }

  if (attempt.isSuccess) {
    return (
      <FrontPage title="Your password is changed">
        <p className="mb-4 text-muted">All your sessions have ended.</p>
        <Link to="/sign-in" className={buttonClasses({ look: 'primary' })}>
          Sign in
        </Link>
      </FrontPage>
    );
  }
  return (
    <FrontPage title="Choose a new password">
      <form onSubmit={submit} className="space-y-4">
        <FormField label="New password" hint="At least 12 characters." error={fieldError(problem, '#/password')}>
          <Input name="password" type="password" autoComplete="new-password" required autoFocus />
        </FormField>
        <FormProblem problem={problem} known={['#/password']} />
        <Button type="submit" look="primary" disabled={attempt.isPending} className="w-full">
          Change password
        </Button>
      </form>
    </FrontPage>
  );
}
