import { DurationInput } from '../kit/duration-input.tsx';
import type { ErrorOf } from '../kit/field-error.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import type { PolicyDraft } from './policy-draft.ts';

type Props = { draft: PolicyDraft; errorOf: ErrorOf; onChange: (changed: Partial<PolicyDraft>) => void };

/** How often the steps are gone through again. */
export function RepeatFields({ draft: { repeatCount, repeatAfter }, errorOf, onChange }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FormField label="Repeat the steps" hint="So many times; 0 for never." error={errorOf('#/repeat/count')}>
        <Input
          type="number"
          required
          min={0}
          value={repeatCount}
          onChange={({ target }) => onChange({ repeatCount: Number(target.value) })}
        />
      </FormField>
      {repeatCount > 0 && (
        <FormField label="Each time after" error={errorOf('#/repeat/after_seconds')}>
          <DurationInput
            name="each time after"
            required
            value={repeatAfter}
            onChange={(seconds) => onChange({ repeatAfter: seconds })}
          />
        </FormField>
      )}
    </div>
  );
}
