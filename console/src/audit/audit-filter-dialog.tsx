import type { FormEvent } from 'react';
import { fromLocalInput, toLocalInput } from '../kit/local-time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import type { AuditSearch } from './audit-search.ts';

type Props = {
  search: AuditSearch;
  onChange: (change: Partial<AuditSearch>) => void;
  onClose: () => void;
};

/** The filters of the audit log as a form. */
export function AuditFilterDialog({ search, onChange, onClose }: Props) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onChange({ ...searchOf(new FormData(event.currentTarget)), open: undefined });
  }
  return (
    <Dialog onClose={onClose} title="Filter the audit log">
      <form onSubmit={submit} className="space-y-4">
        <FormField label="Actor" hint="A username, or user:…, sensor:…, system:…, anonymous.">
          <Input name="actor" autoFocus autoComplete="off" defaultValue={search.actor} />
        </FormField>
        <FormField label="Action" hint="As the rows say it: alert.acknowledge.">
          <Input name="action" autoComplete="off" defaultValue={search.action} />
        </FormField>
        <FormField label="Target" hint="As the rows say it: alert:3.">
          <Input name="target" autoComplete="off" defaultValue={search.target} />
        </FormField>
        <FormField label="Request id">
          <Input name="request_id" autoComplete="off" defaultValue={search.request_id} />
        </FormField>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField label="From">
            <Input
              name="from"
              type="datetime-local"
              defaultValue={search.from && toLocalInput(new Date(search.from))}
            />
          </FormField>
          <FormField label="To">
            <Input name="to" type="datetime-local" defaultValue={search.to && toLocalInput(new Date(search.to))} />
          </FormField>
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Show
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function searchOf(form: FormData): Partial<AuditSearch> {
  const text = (name: string) => String(form.get(name) ?? '').trim() || undefined;
  return {
    actor: actorOf(text('actor')),
    action: text('action'),
    target: text('target'),
    request_id: text('request_id'),
    from: fromLocalInput(text('from') ?? ''),
    to: fromLocalInput(text('to') ?? ''),
  };
}

/** A name alone is a person's. */
function actorOf(text: string | undefined): string | undefined {
  return !text || text === 'anonymous' || text.includes(':') ? text : `user:${text}`;
}
