import { DurationInput } from '../kit/duration-input.tsx';
import type { ErrorOf } from '../kit/field-error.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import type { RuleDraft } from './rule-draft.ts';

type Props = { draft: RuleDraft; errorOf: ErrorOf; onChange: (changed: Partial<RuleDraft>) => void };

/** In what events must agree to be one problem, and how long an alert waits for more of them. */
export function GatheringFields({ draft, errorOf, onChange }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FormField
        label="Fields"
        hint="Events that agree in all of these are one problem: source, attributes.host"
        error={errorOf('#/fields', 'deep')}
      >
        <Input
          required
          autoComplete="off"
          spellCheck={false}
          value={draft.fields}
          onChange={({ target }) => onChange({ fields: target.value })}
        />
      </FormField>
      <FormField label="Gathers until none came for" hint="A minute to a week." error={errorOf('#/window_seconds')}>
        <DurationInput
          name="gathers until none came for"
          required
          value={draft.windowSeconds}
          onChange={(windowSeconds) => onChange({ windowSeconds })}
        />
      </FormField>
    </div>
  );
}
