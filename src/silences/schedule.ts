import { DAY_MS } from '../core/clock.ts';
import { ValidationError } from '../core/errors.ts';
import { timesOf } from './recurrence.ts';
import { parseRule, type Rule, RuleFault } from './recurrence-rule.ts';
import { type Zone, zoneOf } from './zone.ts';

export const MAX_OCCURRENCES = 1_000;
/** A schedule ends within two years, and began within the two before. */
const REACH_MS = 731 * DAY_MS;

export type Schedule = {
  rrule: string;
  timeZone: string;
  /** The first occurrence; as milliseconds it is on the clock of the zone. */
  startsAt: Date | number;
  durationSeconds: number;
};

/** The beginnings of all occurrences, the first one first, and the end of the last. */
export type Planned = { occurrences: Date[]; endsAt: Date };

/** All occurrences of a window, as it was accepted. */
export function occurrencesOf(schedule: Schedule): Date[] {
  const zone = zoneOf(schedule.timeZone);
  return zone ? expand(parseRule(schedule.rrule), { zone, start: firstOf(schedule, zone) }).occurrences : [];
}

/** The occurrences of a schedule that somebody asks for; refuses one that is faulty, endless or too much. */
export function checkSchedule(schedule: Schedule, now: Date): Planned & { startsAt: Date } {
  const zone = zoneOf(schedule.timeZone) ?? refuse('time_zone', 'must be an IANA time zone such as Europe/Berlin');
  const rule = ruleOf(schedule.rrule);
  const start = firstOf(schedule, zone);
  const startsAt = startOf(start, { zone, schedule, now });
  const { occurrences, isWhole } = expand(rule, { zone, start });
  const [first, last] = [occurrences[0], occurrences.at(-1)];
  if (!first || !last) return refuse('rrule', 'has no occurrence');
  if (first.getTime() !== startsAt.getTime()) refuse('starts_at', 'must itself be an occurrence of rrule');
  if (occurrences.length > MAX_OCCURRENCES) refuse('rrule', `has more than ${MAX_OCCURRENCES} occurrences`);
  const endsAt = new Date(last.getTime() + schedule.durationSeconds * 1000);
  const latest = now.getTime() + REACH_MS;
  if (!isWhole || Math.max(endsAt.getTime(), rule.until?.at ?? 0) > latest)
    refuse('rrule', 'must end within two years');
  if (endsAt <= now) refuse('rrule', 'has no occurrence that is to come');
  if (schedule.durationSeconds * 1000 >= gapOf(occurrences)) {
    refuse('duration_seconds', 'must be shorter than the time between two occurrences');
  }
  return { startsAt, occurrences, endsAt };
}

function refuse(field: string, detail: string): never {
  throw new ValidationError([{ pointer: `#/${field}`, detail }]);
}

function ruleOf(text: string): Rule {
  try {
    return parseRule(text);
  } catch (error) {
    if (error instanceof RuleFault) refuse('rrule', error.message);
    throw error;
  }
}

/** The first occurrence on the clock of the zone. */
function firstOf({ startsAt }: Schedule, { wallOf }: Zone): number {
  return typeof startsAt === 'number' ? startsAt : wallOf(startsAt.getTime());
}

function startOf(wall: number, { zone, schedule, now }: { zone: Zone; schedule: Schedule; now: Date }): Date {
  const at = new Date(zone.instantOf(wall));
  const isShown = zone.wallOf(at.getTime()) === wall;
  const isMeant = typeof schedule.startsAt === 'number' || schedule.startsAt.getTime() === at.getTime();
  if (!isShown || !isMeant) refuse('starts_at', 'must be a time that the clock of the zone shows, the first of two');
  if (Math.abs(at.getTime() - now.getTime()) > REACH_MS) refuse('starts_at', 'must be within two years from now');
  return at;
}

/**
 * In order, each once, since a clock that skips an hour brings two times together, and one more than a window may have.
 * They are not the whole when COUNT was not reached within what is looked at.
 */
function expand(rule: Rule, { zone, start }: { zone: Zone; start: number }): { occurrences: Date[]; isWhole: boolean } {
  const until = rule.until?.isUtc ? zone.wallOf(rule.until.at) : (rule.until?.at ?? Number.POSITIVE_INFINITY);
  const walls = timesOf(rule, { start, until })
    .take(MAX_OCCURRENCES + 1)
    .toArray();
  const instants = [...new Set(walls.map(zone.instantOf))].sort((one, other) => one - other);
  return {
    occurrences: instants.map((at) => new Date(at)),
    isWhole: rule.count === null || walls.length >= rule.count,
  };
}

function gapOf(occurrences: Date[]): number {
  const gaps = occurrences.slice(1).map((at, index) => at.getTime() - (occurrences[index]?.getTime() ?? 0));
  return Math.min(...gaps);
}
