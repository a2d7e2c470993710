import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { WeekdayPicks } from './weekday-picks.tsx';
import { type Repeats, ruleText } from './window-rule.ts';
import type { WindowPartProps } from './window-times.tsx';

const REPEATS: { value: Repeats; label: string }[] = [
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly-date', label: 'Every month, on the same date' },
  { value: 'monthly-weekday', label: 'Every month, on the same weekday' },
  { value: 'rule', label: 'By a rule (RFC 5545)' },
];

/** Some that end within the two years that a window may take. */
const MOST_MONTHS = 12;

/** How a window comes back: by one of a few simple ways, or by a rule as it is. */
export function WindowRuleFields({ draft, errorOf, onChange }: WindowPartProps) {
  const { repeats, weekdays, startsAt, count } = draft;
  const error = errorOf('#/rrule');
  function choose(next: Repeats) {
    if (next === 'rule') {
      // It starts as what was chosen until now says.
      onChange({ repeats: next, rule: ruleText(draft, startsAt) });
    } else {
      onChange({ repeats: next, count: next.startsWith('monthly') ? Math.min(count, MOST_MONTHS) : count });
    }
  }
  return (
    <div className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label="Repeats" error={repeats === 'rule' ? undefined : error}>
          <Select options={REPEATS} value={repeats} onChange={({ target }) => choose(target.value as Repeats)} />
        </FormField>
        {repeats !== 'rule' && (
          <FormField label="How often" hint="It ends after so many, within two years.">
            <Input
              type="number"
              required
              min={1}
              max={1000}
              value={count || ''}
              onChange={({ target }) => onChange({ count: Number(target.value) })}
            />
          </FormField>
        )}
      </div>
      {repeats === 'weekly' && (
        <WeekdayPicks startsAt={startsAt} value={weekdays} onChange={(days) => onChange({ weekdays: days })} />
      )}
      {repeats === 'rule' && (
        <FormField label="Rule" hint="It must end: by COUNT or UNTIL, within two years." error={error}>
          <Input
            required
            maxLength={500}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            value={draft.rule}
            onChange={({ target }) => onChange({ rule: target.value })}
          />
        </FormField>
      )}
    </div>
  );
}
