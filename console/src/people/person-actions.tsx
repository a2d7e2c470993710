import { useState } from 'react';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { useActions } from '../kit/use-actions.ts';
import { useSelf } from '../session/use-self.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Select } from '../ui/select.tsx';
import type { Person } from './people-queries.ts';
import { ROLES, type Role } from './people-search.ts';
import { ResetDialog } from './reset-dialog.tsx';
import { usePersonChange } from './use-person-change.ts';

type Asked = 'disable' | 'reset' | Role;

/** A person's role, whether they may sign in, and a link for a new password. */
export function PersonActions({ person }: { person: Person }) {
  const self = useSelf();
  const isSelf = self.id === person.id;
  const [asked, setAsked] = useState<Asked>();
  const { change } = usePersonChange();
  const setRole = (role: Role) => void change({ person, patch: { role } });
  const setDisabled = (disabled: boolean) => void change({ person, patch: { disabled } });
  const toggle = () => (person.disabled ? setDisabled(false) : setAsked('disable'));
  const toggleLabel = person.disabled ? 'Enable' : 'Disable';
  const close = () => setAsked(undefined);
  const reset = { label: `Make a password reset link for ${person.username}`, run: () => setAsked('reset') };
  useActions(person.username, [
    { label: `${toggleLabel} ${person.username}`, run: toggle },
    ...(person.external ? [] : [reset]),
  ]);
  return (
    <div className="space-y-4">
      <FormField label="Role">
        <Select
          value={person.role}
          options={ROLES.map((role) => ({ value: role, label: role }))}
          onChange={({ target: { value } }) => (isSelf ? setAsked(value as Role) : setRole(value as Role))}
        />
      </FormField>
      <div className="flex flex-wrap gap-2">
        {!person.external && <Button onClick={reset.run}>Password reset link</Button>}
        <Button onClick={toggle}>{toggleLabel}</Button>
      </div>
      {asked === 'reset' && <ResetDialog person={person} onClose={close} />}
      {asked === 'disable' && (
        <ConfirmDialog
          title={`Disable ${person.username}?`}
          action="Disable"
          dangerous
          onConfirm={() => setDisabled(true)}
          onClose={close}
        >
          {isSelf
            ? 'This is you: your sessions end at once, and another admin has to enable you again.'
            : 'Their sessions end at once, and they cannot sign in until they are enabled.'}
        </ConfirmDialog>
      )}
      {asked && asked !== 'reset' && asked !== 'disable' && (
        <ConfirmDialog
          title={`Make yourself ${asked}?`}
          action="Change my role"
          dangerous
          onConfirm={() => setRole(asked)}
          onClose={close}
        >
          You lose what only admins may do, these pages included. Another admin has to give it back.
        </ConfirmDialog>
      )}
    </div>
  );
}
