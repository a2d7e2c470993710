import { describe, expect, it } from 'vitest';
import { timesOf } from '../../src/silences/recurrence.ts';
import { parseRule } from '../../src/silences/recurrence-rule.ts';
import { zoneOf } from '../../src/silences/zone.ts';

const wall = (text: string) => Date.parse(`${text}Z`);
const shown = (at: number) => new Date(at).toISOString().slice(0, 16);

/** The first times of a rule; those of RFC 5545 begin on Tuesday, 2 September 1997, at nine. */
function times(text: string, { start = '1997-09-02T09:00', take = 6 } = {}): string[] {
  const until = Number.POSITIVE_INFINITY;
  const rule = parseRule(text.includes('UNTIL') || text.includes('COUNT') ? text : `${text};COUNT=999`);
  return timesOf(rule, { start: wall(start), until: rule.until?.at ?? until })
    .take(take)
    .map(shown)
    .toArray();
}

const days = (month: string, ...some: number[]) => some.map((day) => `${month}-${String(day).padStart(2, '0')}T09:00`);

describe('the examples of RFC 5545 (3.8.5.3)', () => {
  it.each<[string, string[], string?]>([
    ['FREQ=DAILY;COUNT=3', days('1997-09', 2, 3, 4)],
    ['FREQ=DAILY;UNTIL=19970904T000000Z', days('1997-09', 2, 3)],
    ['FREQ=DAILY;INTERVAL=10;COUNT=5', [...days('1997-09', 2, 12, 22), ...days('1997-10', 2, 12)]],
    ['FREQ=YEARLY;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA', days('1998-01', 1, 2, 3, 4, 5, 6), '1998-01-01T09:00'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU', [...days('1997-09', 2, 16, 30), ...days('1997-10', 14, 28), '1997-11-11T09:00']],
    ['FREQ=WEEKLY;COUNT=4;WKST=SU;BYDAY=TU,TH', days('1997-09', 2, 4, 9, 11)],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR', days('1997-09', 3, 5, 15, 17, 19, 29)],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=1FR', ['1997-09-05T09:00', '1997-10-03T09:00', '1997-11-07T09:00']],
    ['FREQ=MONTHLY;INTERVAL=2;COUNT=3;BYDAY=1SU,-1SU', ['1997-09-07T09:00', '1997-09-28T09:00', '1997-11-02T09:00']],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', ['1997-09-22T09:00', '1997-10-20T09:00', '1997-11-17T09:00']],
    ['FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=2', ['1997-09-28T09:00', '1997-10-29T09:00']],
    ['FREQ=MONTHLY;COUNT=3;BYMONTHDAY=1,-1', ['1997-09-30T09:00', '1997-10-01T09:00', '1997-10-31T09:00']],
    [
      'FREQ=YEARLY;COUNT=4;BYMONTH=6,7',
      ['1998-06-02T09:00', '1998-07-02T09:00', '1999-06-02T09:00', '1999-07-02T09:00'],
    ],
    ['FREQ=YEARLY;BYDAY=20MO;COUNT=3', ['1998-05-18T09:00', '1999-05-17T09:00', '2000-05-15T09:00']],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=3', days('1998-03', 5, 12, 19)],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3', ['1998-02-13T09:00', '1998-03-13T09:00', '1998-11-13T09:00']],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', ['1997-09-04T09:00', '1997-10-07T09:00', '1997-11-06T09:00']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=2', ['1997-09-29T09:00', '1997-10-30T09:00']],
    ['FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z', ['1997-09-02T09:00', '1997-09-02T12:00', '1997-09-02T15:00']],
    ['FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20;COUNT=3', ['1997-09-02T09:00', '1997-09-02T09:20', '1997-09-02T10:00']],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3', ['1997-10-31T09:00', '1997-12-31T09:00', '1998-01-31T09:00']],
  ])('%s', (rule, expected, start = '1997-09-02T09:00') => {
    expect(times(rule, { start })).toEqual(expected);
  });

  it('tell how the start of the week matters', () => {
    const of = (weekStart: string) =>
      times(`FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=${weekStart}`, { start: '1997-08-05T09:00' });
    expect(of('MO')).toEqual(days('1997-08', 5, 10, 19, 24));
    expect(of('SU')).toEqual(days('1997-08', 5, 17, 19, 31));
  });
});

describe('a rule', () => {
  it('gives the same times in whatever order it lists them', () => {
    const rule = 'FREQ=DAILY;BYMINUTE=32,9;BYHOUR=11,3;BYSETPOS=1;COUNT=2';
    expect(times(rule)).toEqual(['1997-09-03T03:09', '1997-09-04T03:09']);
  });

  it('that finds nothing ends all the same', () => {
    for (const rule of [
      'YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'HOURLY;INTERVAL=24;BYHOUR=5',
      'HOURLY;BYMONTH=11;BYMONTHDAY=-31',
    ]) {
      expect(times(`FREQ=${rule};COUNT=1`)).toEqual([]);
    }
  });

  it.each([
    ['FREQ=SECONDLY;COUNT=1', 'FREQ'],
    ['FREQ=MINUTELY;COUNT=1', 'FREQ'],
    ['INTERVAL=2;COUNT=1', 'FREQ'],
    ['FREQ=WEEKLY', 'never ends'],
    ['FREQ=WEEKLY;COUNT=0', 'COUNT'],
    ['FREQ=WEEKLY;INTERVAL=0;COUNT=1', 'INTERVAL'],
    ['FREQ=WEEKLY;COUNT=2;UNTIL=20271231', 'not both'],
    ['FREQ=WEEKLY;UNTIL=20270231', 'UNTIL'],
    ['FREQ=WEEKLY;UNTIL=soon', 'UNTIL'],
    ['FREQ=WEEKLY;COUNT=2;COUNT=3', 'twice'],
    ['FREQ=WEEKLY;BYDAY=XX;COUNT=1', 'names a day'],
    ['FREQ=WEEKLY;BYDAY=2SU;COUNT=1', 'FREQ=MONTHLY'],
    ['FREQ=WEEKLY;BYMONTHDAY=1;COUNT=1', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0;COUNT=1', 'BYMONTHDAY'],
    ['FREQ=DAILY;BYHOUR=24;COUNT=1', 'BYHOUR'],
    ['DTSTART=20261122T023000;FREQ=DAILY;COUNT=1', 'starts_at'],
    ['every Sunday', 'must be parts'],
  ])('is refused in words: %s', (rule, words) => {
    expect(() => parseRule(rule)).toThrow(words);
  });
});

describe('the clock of a zone', () => {
  const utc = (zone: string, text: string) => shown(zoneOf(zone)?.instantOf(wall(text)) ?? 0);

  it.each([
    // The clock is put forward at 02:00 and back at 03:00.
    ['Europe/Berlin', '2027-03-28T01:59', '2027-03-28T00:59'],
    ['Europe/Berlin', '2027-03-28T02:30', '2027-03-28T01:30'],
    ['Europe/Berlin', '2027-03-28T03:00', '2027-03-28T01:00'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00'],
    // Forward at 02:00 and back at 02:00, and the offset is behind UTC.
    ['America/New_York', '2027-03-14T02:30', '2027-03-14T07:30'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00'],
    ['Asia/Kolkata', '2026-11-01T02:00', '2026-10-31T20:30'],
    ['UTC', '2026-11-01T02:00', '2026-11-01T02:00'],
  ])('%s %s is %s in UTC', (zone, local, expected) => {
    expect(utc(zone, local)).toBe(expected);
  });

  it('is not known of what is no zone', () => {
    expect(zoneOf('Europe/Atlantis')).toBeUndefined();
  });
});
