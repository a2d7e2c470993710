import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { LinkShown } from './link-shown.tsx';
import { INVITATIONS_KEY } from './people-queries.ts';
import { ROLES, type Role } from './people-search.ts';

/** Invites somebody: a role and perhaps an e-mail, then the link to hand over, this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useMutation({
    mutationFn: (form: FormData) => answerOf(client.POST('/invitations', { body: bodyOf(form) })),
    onSuccess: () => queryClient.resetQueries({ queryKey: INVITATIONS_KEY }),
  });
  const problem = invite.error instanceof ApiProblem ? invite.error : null;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    invite.mutate(new FormData(event.currentTarget));
  }
  if (invite.data) {
    return (
      <Dialog
        title="Invitation made"
        description="Hand it to the one you invite. Whoever opens it first gets the role."
      >
        <LinkShown label="Invitation link" link={invite.data} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog onClose={onClose} title="Invite a person">
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormField label="Role" error={fieldError(problem, '#/role')}>
          <Select name="role" defaultValue="analyst" options={ROLES.map((role) => ({ value: role, label: role }))} />
        </FormField>
        <FormField
          label="E-mail (optional)"
          error={fieldError(problem, '#/email')}
          hint="So that you know whom it was for."
        >
          <Input name="email" type="email" autoComplete="off" />
        </FormField>
        <FormProblem problem={problem} known={['#/role', '#/email']} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={invite.isPending}>
            Make the link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function bodyOf(form: FormData) {
  const email = String(form.get('email') ?? '').trim();
  return { role: String(form.get('role')) as Role, ...(email && { email }) };
}
