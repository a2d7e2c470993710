import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { selfQuery } from '../session/session.ts';
import { useSelf } from '../session/use-self.ts';
import { toast } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';

/** Sets the e-mail address, or takes it away. */
export function EmailForm() {
  const { email } = useSelf();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (wanted: string | null) => answerOf(client.PATCH('/auth/me', { body: { email: wanted } })),
    onSuccess: (self) => {
      queries.setQueryData(selfQuery.queryKey, self);
      toast({ title: self.email ? 'E-mail address saved' : 'E-mail address removed' });
    },
  });
  const problem = attempt.error instanceof ApiProblem ? attempt.error : null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    attempt.mutate(String(new FormData(event.currentTarget).get('email')).trim() || null);
  }

  return (
    // What is wrong with an address is told by the API, at the field and not in a bubble of the browser.
    <form onSubmit={submit} noValidate className="max-w-sm space-y-4">
      <FormField label="E-mail address" error={fieldError(problem, '#/email')}>
        <Input name="email" type="email" autoComplete="email" defaultValue={email ?? ''} />
      </FormField>
      <FormProblem problem={problem} known={['#/email']} />
      <Button type="submit" disabled={attempt.isPending}>
        Save address
      </Button>
    </form>
  );
}
