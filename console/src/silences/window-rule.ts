/** How a window comes back, as the form offers it. `rule` is a rule of RFC 5545 as it is. */
export type Repeats = 'daily' | 'weekly' | 'monthly-date' | 'monthly-weekday' | 'rule';

export type Repetition = {
  repeats: Repeats;
  /** For weekly ones, beside the weekday of the first. */
  weekdays: readonly string[];
  /** How often. */
  count: number;
  /** The rule itself, where it is none of the others. */
  rule: string;
};

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const OF_DATE = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

/** The weekday of a wall time such as `2026-11-22T02:30`. */
export function weekdayOf(wall: string): string | undefined {
  return OF_DATE[new Date(`${wall}Z`).getUTCDay()];
}

/** The rule of RFC 5545 that is meant, for a window whose first occurrence is at this wall time. */
export function ruleText({ repeats, weekdays, count, rule }: Repetition, startsAt: string): string {
  const weekday = weekdayOf(startsAt) ?? 'MO';
  switch (repeats) {
    case 'daily':
      return `FREQ=DAILY;COUNT=${count}`;
    case 'weekly':
      return `FREQ=WEEKLY;BYDAY=${WEEKDAYS.filter((day) => day === weekday || weekdays.includes(day))};COUNT=${count}`;
    case 'monthly-date':
      return `FREQ=MONTHLY;COUNT=${count}`;
    case 'monthly-weekday':
      return `FREQ=MONTHLY;BYDAY=${nthOf(startsAt)}${weekday};COUNT=${count}`;
    case 'rule':
      return rule.trim();
  }
}

const DAY_NAMES = { MO: 'Mon', TU: 'Tue', WE: 'Wed', TH: 'Thu', FR: 'Fri', SA: 'Sat', SU: 'Sun' };

export const dayName = (day: (typeof WEEKDAYS)[number]) => DAY_NAMES[day];

/** How it comes back in words; the rule itself where it is none of the simple ones. */
export function repetitionText({ repeats, weekdays, count, rule }: Repetition, startsAt: string): string {
  const days = WEEKDAYS.filter((day) => day === weekdayOf(startsAt) || weekdays.includes(day)).map(dayName);
  const words = {
    daily: 'Every day',
    weekly: `Every week on ${days.join(', ')}`,
    'monthly-date': 'Every month on the same date',
    'monthly-weekday': 'Every month on the same weekday',
    rule: '',
  }[repeats];
  return words ? `${words}, ${count} times` : rule;
}

/** The first to the fourth of a month; a fifth is the last. */
function nthOf(wall: string): number {
  const nth = Math.ceil(new Date(`${wall}Z`).getUTCDate() / 7);
  return nth > 4 ? -1 : nth;
}

/** A rule as the form shows it: one of its simple ones where it is that. */
export function readRule(rule: string, startsAt: string): Repetition {
  const count = Number(/COUNT=(\d+)/.exec(rule)?.[1] ?? 26);
  const weekdays = /BYDAY=([A-Z,]+)/.exec(rule)?.[1]?.split(',') ?? [];
  const simple = (['daily', 'weekly', 'monthly-date', 'monthly-weekday'] as const).find(
    (repeats) => ruleText({ repeats, weekdays, count, rule }, startsAt) === rule,
  );
  return { repeats: simple ?? 'rule', weekdays, count, rule };
}
