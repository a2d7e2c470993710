import { ValidationError } from '../../../src/core/errors.ts';
import { checkSchedule } from '../../../src/silences/schedule.ts';
import { zoneOf } from '../../../src/silences/zone.ts';
import { answerOf, client } from '../api/client.ts';
import { type MatcherDraft, matcherDraft, readMatcher } from '../kit/matchers.ts';
import type { MaintenanceWindow } from './window-queries.ts';
import { type Repetition, readRule, ruleText } from './window-rule.ts';

/** A maintenance window while it is written. */
export type WindowDraft = Repetition & {
  reason: string;
  matchers: MatcherDraft[];
  timeZone: string;
  /** The first occurrence by the clock of the zone: `2026-11-22T02:30`. */
  startsAt: string;
  durationSeconds: number | null;
  announceTo: number[];
  enabled: boolean;
};

const DAY_MS = 86_400_000;

export function windowDraft(window: MaintenanceWindow | undefined): WindowDraft {
  if (!window) {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const startsAt = `${wallOf(new Date(Date.now() + DAY_MS).toISOString(), timeZone).slice(0, 10)}T02:00`;
    return {
      ...{ repeats: 'weekly', weekdays: [], count: 26, rule: 'FREQ=WEEKLY;COUNT=26' },
      ...{ reason: '', matchers: [{ field: 'source', op: 'eq', value: '' }] },
      ...{ timeZone, startsAt, durationSeconds: 7200, announceTo: [], enabled: true },
    };
  }
  const startsAt = wallOf(window.starts_at, window.time_zone);
  return {
    ...readRule(window.rrule, startsAt),
    reason: window.reason,
    matchers: window.matchers.map(matcherDraft),
    timeZone: window.time_zone,
    startsAt,
    durationSeconds: window.duration_seconds,
    announceTo: window.announce_to ?? [],
    enabled: window.enabled,
  };
}

function wallOf(time: string, timeZone: string): string {
  const instant = Date.parse(time);
  return new Date(zoneOf(timeZone)?.wallOf(instant) ?? instant).toISOString().slice(0, 16);
}

export function saveWindow(draft: WindowDraft, id: number | undefined): Promise<MaintenanceWindow> {
  const body = {
    reason: draft.reason.trim(),
    matchers: draft.matchers.map(readMatcher),
    rrule: ruleText(draft, draft.startsAt),
    time_zone: draft.timeZone.trim(),
    starts_at: `${draft.startsAt}:00`,
    duration_seconds: draft.durationSeconds ?? 0,
    announce_to: draft.announceTo.length > 0 ? draft.announceTo : null,
    enabled: draft.enabled,
  };
  return id === undefined
    ? answerOf(client.POST('/maintenance-windows', { body }))
    : answerOf(client.PATCH('/maintenance-windows/{id}', { params: { path: { id } }, body }));
}

/** When it would come, by the API's own reckoning; or what is wrong with its rule or times. */
export function occurrencesOf(draft: WindowDraft): Date[] | string {
  const { timeZone, durationSeconds, startsAt } = draft;
  const start = Date.parse(`${startsAt}Z`);
  if (Number.isNaN(start) || durationSeconds === null) return 'Say when it begins, and how long it lasts.';
  try {
    const schedule = { rrule: ruleText(draft, startsAt), timeZone: timeZone.trim(), startsAt: start, durationSeconds };
    return checkSchedule(schedule, new Date()).occurrences.filter((at) => at.getTime() > Date.now());
  } catch (error) {
    const [fault] = error instanceof ValidationError ? error.errors : [];
    if (!fault) throw error;
    return `${fault.pointer.slice(2)} ${fault.detail}.`;
  }
}

/** A time by the clock of a zone, to the minute. */
export function zonedTime(time: Date | string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(undefined, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    timeZone,
  });
  return format.format(new Date(time));
}
