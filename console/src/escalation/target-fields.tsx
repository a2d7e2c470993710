import { DurationInput } from '../kit/duration-input.tsx';
import type { ErrorOf } from '../kit/field-error.ts';
import { FormField } from '../ui/form-field.tsx';
import { type PolicyDraft, SEVERITIES } from './policy-draft.ts';

type Targets = PolicyDraft['targets'];
type Props = { targets: Targets; errorOf: ErrorOf; onChange: (targets: Targets) => void };

const LABELS = { critical: 'Critical', high: 'High' };
const FIELDS = [
  { field: 'acknowledge_seconds', label: 'acknowledged in' },
  { field: 'resolve_seconds', label: 'resolved in' },
] as const;

/** By when an alert is to be acknowledged and resolved, by its severity. Empty for no target. */
export function TargetFields({ targets, errorOf, onChange }: Props) {
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">Targets</legend>
      <p className="text-muted">Empty for none.</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {SEVERITIES.flatMap((severity) =>
          FIELDS.map(({ field, label }) => (
            <FormField
              key={`${severity} ${field}`}
              label={`${LABELS[severity]}, ${label}`}
              error={errorOf(`#/targets/${severity}/${field}`)}
            >
              <DurationInput
                name={`${severity}, ${label}`}
                value={targets[severity][field]}
                onChange={(seconds) => onChange({ ...targets, [severity]: { ...targets[severity], [field]: seconds } })}
              />
            </FormField>
          )),
        )}
      </div>
    </fieldset>
  );
}
