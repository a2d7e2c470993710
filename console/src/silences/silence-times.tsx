import type { ErrorOf } from '../kit/field-error.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { endAfter, type SilenceDraft, withStart } from './silence-draft.ts';

type Props = {
  draft: SilenceDraft;
  /** Whether its start is still to be chosen. */
  hasStart: boolean;
  errorOf: ErrorOf;
  onChange: (changed: Partial<SilenceDraft>) => void;
};

const HOUR_MS = 3_600_000;
const LENGTHS = [
  ['1 h', HOUR_MS],
  ['4 h', 4 * HOUR_MS],
  ['1 day', 24 * HOUR_MS],
  ['1 week', 168 * HOUR_MS],
] as const;

/** From when to when, by the clock of this machine. */
export function SilenceTimes({ draft, hasStart, errorOf, onChange }: Props) {
  const { startsAt, endsAt } = draft;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {hasStart && (
        <FormField label="Begins" hint="Empty for now." error={errorOf('#/starts_at')}>
          <Input
            type="datetime-local"
            value={startsAt}
            onChange={({ target }) => onChange(withStart(draft, target.value))}
          />
        </FormField>
      )}
      <div className="space-y-1.5">
        <FormField label="Ends" error={errorOf('#/ends_at')}>
          <Input
            type="datetime-local"
            required
            value={endsAt}
            onChange={({ target }) => onChange({ endsAt: target.value })}
          />
        </FormField>
        <div className="flex flex-wrap gap-1">
          {LENGTHS.map(([label, ms]) => (
            <Button
              key={label}
              size="small"
              aria-label={`Ends after ${label}`}
              onClick={() => onChange({ endsAt: endAfter(startsAt, ms) })}
            >
              {label}
            </Button>
          ))}
        </div>
      </div>
    </div>
  );
}
