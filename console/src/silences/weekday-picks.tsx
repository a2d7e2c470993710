import { CheckField } from '../kit/check-field.tsx';
import { dayName, WEEKDAYS, weekdayOf } from './window-rule.ts';

type Props = { startsAt: string; value: readonly string[]; onChange: (weekdays: string[]) => void };

/** On which days of a week a window comes. That of its first occurrence is always one. */
export function WeekdayPicks({ startsAt, value, onChange }: Props) {
  const first = weekdayOf(startsAt);
  return (
    <fieldset>
      <legend className="mb-1 font-medium">On</legend>
      <div className="flex flex-wrap gap-x-4">
        {WEEKDAYS.map((day) => (
          <CheckField
            key={day}
            label={dayName(day)}
            disabled={day === first}
            checked={day === first || value.includes(day)}
            onChange={(isChosen) => onChange(isChosen ? [...value, day] : value.filter((other) => other !== day))}
          />
        ))}
      </div>
    </fieldset>
  );
}
