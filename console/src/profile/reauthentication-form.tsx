import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import type { Schemas } from '../api/schema.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';

type Attempt = { mutate: (proof: Schemas['Reauthentication']) => void; isPending: boolean; error: Error | null };
type Props = { action: string; dangerous?: boolean; attempt: Attempt };

/** Password and code once more, before something that whoever finds an open session must not do. */
export function ReauthenticationForm({ action, dangerous = false, attempt }: Props) {
  const problem = attempt.error instanceof ApiProblem ? attempt.error : null;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    attempt.mutate({ password: String(form.get('password')), otp: String(form.get('otp')).trim() });
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <FormField label="Your password" error={fieldError(problem, '#/password')}>
        <Input name="password" type="password" autoComplete="current-password" required autoFocus />
      </FormField>
      <FormField
        label="One-time code"
        hint="Six digits from your authenticator app, or a recovery code."
        error={fieldError(problem, '#/otp')}
      >
        <Input name="otp" autoComplete="one-time-code" autoCapitalize="none" required />
      </FormField>
      <FormProblem problem={problem} known={['#/password', '#/otp']} />
      <Button type="submit" look={dangerous ? 'danger' : 'primary'} disabled={attempt.isPending}>
        {action}
      </Button>
    </form>
  );
}
