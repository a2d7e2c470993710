const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY'] as const;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export type Weekday = { weekday: number; nth: number | null };

export type Rule = {
  frequency: (typeof FREQUENCIES)[number];
  interval: number;
  count: number | null;
  /** The last time that may be one; in UTC, or on the wall clock. */
  until: { at: number; isUtc: boolean } | null;
  months: number[];
  monthDays: number[];
  weekdays: Weekday[];
  hours: number[];
  minutes: number[];
  positions: number[];
  weekStart: number;
};

/** What is wrong with a rule, in words for whoever wrote it. */
export class RuleFault extends Error {}

const PARTS = new Set(
  ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST'].concat([
    'BYMONTH',
    'BYMONTHDAY',
    'BYDAY',
    'BYHOUR',
    'BYMINUTE',
    'BYSETPOS',
  ]),
);

/** Reads the text of a rule, without `RRULE:`; throws a `RuleFault` when it cannot be meant. */
export function parseRule(text: string): Rule {
  const parts = partsOf(text);
  const frequency = FREQUENCIES.find((one) => one === parts.get('FREQ'));
  if (!frequency) throw new RuleFault(`needs FREQ, one of ${FREQUENCIES.join(', ')}`);
  const numbers = (name: string, range: [number, number]) => listOf(parts, { name, range });
  const rule: Rule = {
    frequency,
    interval: numbers('INTERVAL', [1, 1000])[0] ?? 1,
    count: numbers('COUNT', [1, 1_000_000])[0] ?? null,
    until: untilOf(parts.get('UNTIL')),
    months: numbers('BYMONTH', [1, 12]),
    monthDays: numbers('BYMONTHDAY', [-31, 31]),
    weekdays: weekdaysOf(parts.get('BYDAY')),
    hours: numbers('BYHOUR', [0, 23]),
    minutes: numbers('BYMINUTE', [0, 59]),
    positions: numbers('BYSETPOS', [-366, 366]),
    weekStart: weekdayOf(parts.get('WKST') ?? 'MO'),
  };
  checkRule(rule);
  return rule;
}

function partsOf(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';')) {
    const [, name = '', value = ''] = /^([A-Z]+)=(.+)$/.exec(part) ?? [];
    if (name.startsWith('DTSTART')) throw new RuleFault('must not hold DTSTART: say starts_at');
    if (!PARTS.has(name))
      throw new RuleFault(`must be parts such as FREQ=WEEKLY;BYDAY=SU, of: ${[...PARTS].join(', ')}`);
    if (parts.has(name)) throw new RuleFault(`must not give ${name} twice`);
    parts.set(name, value);
  }
  return parts;
}

function listOf(parts: Map<string, string>, { name, range }: { name: string; range: [number, number] }): number[] {
  const [min, max] = range;
  const isSingle = !name.startsWith('BY');
  const found = parts.get(name)?.split(',') ?? [];
  const good = found.every((one) => /^[+-]?\d{1,7}$/.test(one) && Number(one) >= min && Number(one) <= max);
  const hasZero = min < 0 && found.some((one) => Number(one) === 0);
  if (!good || hasZero || (isSingle && found.length > 1)) {
    throw new RuleFault(`has a ${name} that is not ${min} to ${max}${min < 0 ? ', without 0' : ''}`);
  }
  return found.map(Number);
}

function weekdaysOf(text: string | undefined): Weekday[] {
  return (text?.split(',') ?? []).map((one) => {
    const [, nth, name = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(one) ?? [];
    if (nth !== undefined && (Number(nth) === 0 || Math.abs(Number(nth)) > 53)) {
      throw new RuleFault('has a BYDAY that is not the 1st to the 53rd');
    }
    return { weekday: weekdayOf(name), nth: nth === undefined ? null : Number(nth) };
  });
}

function weekdayOf(name: string): number {
  const weekday = WEEKDAYS.indexOf(name);
  if (weekday < 0) throw new RuleFault(`names a day that is none of ${WEEKDAYS.join(', ')}`);
  return weekday;
}

/** `20270328`, to the end of that day; `20270328T023000`, on the wall clock; `20270328T013000Z`. */
function untilOf(text: string | undefined): Rule['until'] {
  if (text === undefined) return null;
  const [, day = '', time, utc] = /^(\d{8})(?:T(\d{6})(Z)?)?$/.exec(text) ?? [];
  const iso = `${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${(time ?? '235959').replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
  const at = Date.parse(iso);
  const isReal = day !== '' && !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso.slice(0, -1));
  if (!isReal) throw new RuleFault('has an UNTIL that is no time such as 20271231T000000Z');
  return { at, isUtc: utc !== undefined };
}

function checkRule({ frequency, count, until, monthDays, weekdays }: Rule): void {
  if (count === null && until === null) throw new RuleFault('never ends: give it COUNT or UNTIL');
  if (count !== null && until !== null) throw new RuleFault('must have COUNT or UNTIL, not both');
  if (frequency === 'WEEKLY' && monthDays.length > 0) throw new RuleFault('must not have BYMONTHDAY in a week');
  const isLong = frequency === 'YEARLY' || frequency === 'MONTHLY';
  if (!isLong && weekdays.some(({ nth }) => nth !== null)) {
    throw new RuleFault('must have FREQ=MONTHLY or FREQ=YEARLY for a BYDAY with a number');
  }
}
