import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import type { Schemas } from '../api/schema.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { useSelf } from '../session/use-self.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { type Alert, SEVERITIES } from './alert-values.ts';

type Incident = Schemas['NewIncident'];
type Severity = NonNullable<Incident['severity']>;

type Props = { alerts: readonly Alert[]; onSubmit: (incident: Incident) => Promise<unknown>; onClose: () => void };

const SEVERITY_OF = { critical: 'sev1', high: 'sev2', medium: 'sev3', low: 'sev4' } as const;
const OPTIONS = [1, 2, 3, 4].map((rank) => ({ value: `sev${rank}`, label: `Sev ${rank}` }));
const TITLE_LENGTH = 200;

/** The incident that these alerts would open, to be changed before it does. */
export function IncidentForm({ alerts, onSubmit, onClose }: Props) {
  const { username } = useSelf();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setIsBusy(true);
    await onSubmit({
      title: text('title'),
      severity: text('severity') as Severity,
      service: text('service'),
      assignee: username,
    }).catch((error) => setProblem(error instanceof ApiProblem ? error : null));
    setIsBusy(false);
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4">
      <FormField label="Title" error={fieldError(problem, '#/incident/title')}>
        <Input name="title" required autoFocus maxLength={TITLE_LENGTH} defaultValue={titleOf(alerts)} />
      </FormField>
      <FormField label="Severity" error={fieldError(problem, '#/incident/severity')}>
        <Select name="severity" options={OPTIONS} defaultValue={severityOf(alerts)} />
      </FormField>
      <FormField label="Service" hint="What is affected." error={fieldError(problem, '#/incident/service')}>
        <Input name="service" maxLength={100} />
      </FormField>
      <FormProblem problem={problem} known={['title', 'severity', 'service'].map((name) => `#/incident/${name}`)} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={isBusy}>
          Open incident
        </Button>
      </div>
    </form>
  );
}

function titleOf([first]: readonly Alert[]): string {
  return first ? `${first.event.event_type} from ${first.event.source}`.slice(0, TITLE_LENGTH) : '';
}

/** That of the worst alert. */
function severityOf(alerts: readonly Alert[]): Severity {
  const worst = SEVERITIES.find((severity) => alerts.some((alert) => alert.severity === severity));
  return SEVERITY_OF[worst ?? 'medium'];
}
