import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { FrontPage } from './front-page.tsx';
import { signIn } from './session.ts';
import { takeLinkToken } from './take-link-token.ts';

type Registration = { username: string; password: string; email?: string };

/** Opens an account by an invitation link, or without one where the instance is open to all. */
export function RegisterPage() {
  const [invitation] = useState(takeLinkToken);
  const navigate = useNavigate();
  const attempt = useMutation({
    mutationFn: async (input: Registration) => {
      await answerOf(client.POST('/auth/register', { body: { ...input, ...(invitation && { invitation }) } }));
      await signIn({ username: input.username, password: input.password });
    },
    onSuccess: () => navigate({ to: '/' }),
    retry: false,
  });
  const problem = attempt.error instanceof ApiProblem ? attempt.error : null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email')).trim();
    const username = String(form.get('username')).trim().toLowerCase();
    attempt.mutate({ username, password: String(form.get('password')), ...(email && { email }) });
  }

  return (
    <FrontPage title="Create your account">
      <form onSubmit={submit} className="space-y-4">
        <FormField label="Username" error={fieldError(problem, '#/username')}>
          <Input name="username" autoComplete="username" autoCapitalize="none" required autoFocus />
        </FormField>
        <FormField
          label="Password"
          hint="At least 12 characters. A few words are good."
          error={fieldError(problem, '#/password')}
        >
          <Input name="password" type="password" autoComplete="new-password" required />
        </FormField>
        <FormField label="E-mail (optional)" error={fieldError(problem, '#/email')}>
          <Input name="email" type="email" autoComplete="email" />
        </FormField>
        <FormProblem problem={problem} known={['#/username', '#/password', '#/email']} />
        <Button type="submit" look="primary" disabled={attempt.isPending} className="w-full">
          Create account
        </Button>
      </form>
    </FrontPage>
  );
}
