import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { useSelf } from '../session/use-self.ts';
import { toast } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { ProfileSection } from './profile-section.tsx';
import { sessionsQuery } from './session-queries.ts';

/** Changes the password. Whoever knew the old one is signed out everywhere else. */
export function PasswordSection() {
  const { username, totp_enabled: hasTotp } = useSelf();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (body: Schemas['PasswordChange']) => client.POST('/auth/password', { body }),
    onSuccess: () => {
      toast({ title: 'Password changed', description: 'Your other sessions have ended.' });
      void queries.invalidateQueries(sessionsQuery);
    },
  });
  const problem = attempt.error instanceof ApiProblem ? attempt.error : null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name));
    const change = { current_password: text('current_password'), new_password: text('new_password') };
    attempt.mutate(change, { onSuccess: () => form.reset() });
  }

  return (
    <ProfileSection title="Change password" hint="Changing it ends your other sessions.">
      <form onSubmit={submit} className="max-w-sm space-y-4">
        {/* For password managers: whose password this is. */}
        <input name="username" autoComplete="username" value={username} readOnly hidden />
        <FormField label="Current password" error={fieldError(problem, '#/current_password')}>
          <Input name="current_password" type="password" autoComplete="current-password" required />
        </FormField>
        <FormField
          label="New password"
          hint={`At least ${hasTotp ? 8 : 12} characters. A few words are good.`}
          error={fieldError(problem, '#/new_password')}
        >
          <Input name="new_password" type="password" autoComplete="new-password" required />
        </FormField>
        <FormProblem problem={problem} known={['#/current_password', '#/new_password']} />
        <Button type="submit" disabled={attempt.isPending}>
          Change password
        </Button>
      </form>
    </ProfileSection>
  );
}
