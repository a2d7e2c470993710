import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Schemas } from '../api/schema.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Select } from '../ui/select.tsx';
import { resolving } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { linkedOpenQuery } from './linked-alert-queries.ts';
import { useIncidentChange } from './use-incident-change.ts';
import { useIncidentRights } from './use-incident-rights.ts';

type Verdict = NonNullable<Schemas['IncidentResolution']['verdict']>;

const VERDICTS = [
  { value: '', label: 'Leave the alerts as they are' },
  { value: 'true_positive', label: 'True positive' },
  { value: 'false_positive', label: 'False positive' },
  { value: 'benign', label: 'Benign' },
];

/** Asks what its alerts were before an incident is resolved. */
export function ResolveDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const change = useIncidentChange();
  const { mayResolveAlerts } = useIncidentRights(incident);
  const { data: open } = useQuery(linkedOpenQuery(incident.id));
  const [verdict, setVerdict] = useState('');
  const count = open?.total ?? 0;
  function submit(event: FormEvent) {
    event.preventDefault();
    void change(resolving(incident, (verdict as Verdict | '') || undefined));
    onClose();
  }
  return (
    <Dialog onClose={onClose} title={`Resolve incident ${incident.id}`}>
      <form onSubmit={submit} className="space-y-4">
        {count > 0 && mayResolveAlerts ? (
          <FormField
            label={`Verdict for its ${count === 1 ? 'open alert' : `${count} open alerts`}`}
            hint="They are resolved with it. That cannot be undone."
          >
            <Select value={verdict} options={VERDICTS} onChange={(event) => setVerdict(event.target.value)} />
          </FormField>
        ) : (
          <p className="text-muted">{count > 0 ? `Its ${count} open alerts stay open.` : 'It has no open alerts.'}</p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Resolve
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
