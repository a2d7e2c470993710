import { useId } from 'react';
import { DurationInput } from '../kit/duration-input.tsx';
import type { ErrorOf } from '../kit/field-error.ts';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import type { WindowDraft } from './window-draft.ts';

export type WindowPartProps = {
  draft: WindowDraft;
  errorOf: ErrorOf;
  onChange: (changed: Partial<WindowDraft>) => void;
};

const ZONES = Intl.supportedValuesOf('timeZone');

/** When a window comes first, by which clock, and how long it lasts. */
export function WindowTimes({ draft, errorOf, onChange }: WindowPartProps) {
  const zones = useId();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FormField label="Begins first" hint="By the clock of the time zone." error={errorOf('#/starts_at')}>
        <Input
          type="datetime-local"
          required
          value={draft.startsAt}
          onChange={({ target }) => onChange({ startsAt: target.value })}
        />
      </FormField>
      <FormField label="Lasts" error={errorOf('#/duration_seconds')}>
        <DurationInput
          name="lasts"
          required
          value={draft.durationSeconds}
          onChange={(durationSeconds) => onChange({ durationSeconds })}
        />
      </FormField>
      <FormField label="Time zone" error={errorOf('#/time_zone')}>
        <Input
          required
          list={zones}
          autoComplete="off"
          value={draft.timeZone}
          onChange={({ target }) => onChange({ timeZone: target.value })}
        />
      </FormField>
      <datalist id={zones}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}
