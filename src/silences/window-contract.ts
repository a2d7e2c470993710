import { z } from '@hono/zod-openapi';
import { line, rfc3339, timeInput, wholeNumber } from '../http/fields.ts';
import { matchers } from '../http/matchers.ts';
import { MATCHERS_EXAMPLE, said } from './contract.ts';
import { MAX_OCCURRENCES } from './schedule.ts';
import type { maintenanceWindows } from './table.ts';

/** Each is looked at every minute. */
export const MAX_WINDOWS = 100;

const WEEK_S = 7 * 24 * 3_600;

const localTime = z.iso.datetime({ local: true }).transform((text) => Date.parse(`${text.replace(/Z$/, '')}Z`));

const schedule = {
  rrule: line(500).openapi({
    description:
      'A recurrence of RFC 5545 without DTSTART: FREQ from HOURLY to YEARLY with INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, ' +
      `BYHOUR, BYMINUTE, BYSETPOS and WKST. It must end, by COUNT or UNTIL, within two years and ${MAX_OCCURRENCES.toLocaleString('en')} occurrences.`,
    example: 'FREQ=WEEKLY;BYDAY=SU;COUNT=26',
  }),
  time_zone: line(60)
    .regex(/^[A-Za-z]/, 'must be an IANA time zone such as Europe/Berlin')
    .openapi({ description: 'In which the clock of the recurrence runs.', example: 'Europe/Berlin' }),
  starts_at: z
    .union([timeInput, localTime], { error: 'must be a time such as 2026-11-22T02:30:00, or one with an offset' })
    .openapi({
      type: 'string',
      description: 'The first occurrence: by the clock of `time_zone`, or with an offset.',
      example: '2026-11-22T02:30:00',
    }),
  duration_seconds: z.number().int().min(60).max(WEEK_S).openapi({
    description: 'A minute to a week, and shorter than the time between two occurrences.',
  }),
};

const enabled = z.boolean().openapi({ description: 'False: nothing is planned, and what runs ends.' });

export const newWindow = z
  .strictObject({ ...said, ...schedule, announce_to: said.announce_to.default(null), enabled: enabled.default(true) })
  .openapi('NewMaintenanceWindow', {
    example: {
      reason: 'Patch night',
      matchers: MATCHERS_EXAMPLE,
      rrule: 'FREQ=WEEKLY;BYDAY=SU;COUNT=26',
      time_zone: 'Europe/Berlin',
      starts_at: '2026-11-22T02:30:00',
      duration_seconds: 7_200,
    },
  });

export type NewWindow = z.output<typeof newWindow>;

export const windowPatch = z
  .strictObject({ ...said, ...schedule, enabled })
  .partial()
  .openapi('MaintenanceWindowPatch', { example: { duration_seconds: 10_800 } });

export type WindowPatch = z.output<typeof windowPatch>;

export const windowView = z
  .strictObject({
    id: z.number().int(),
    reason: z.string(),
    matchers,
    rrule: z.string(),
    time_zone: z.string(),
    starts_at: rfc3339.openapi({ description: 'The first occurrence.' }),
    ends_at: rfc3339.openapi({ description: 'The end of the last one.' }),
    duration_seconds: z.number().int(),
    announce_to: z.array(z.number().int()).nullable(),
    enabled: z.boolean(),
    created_by: z.string(),
    created_at: rfc3339,
    updated_at: rfc3339,
  })
  .openapi('MaintenanceWindow');

export const windowList = z.strictObject({ data: z.array(windowView) }).openapi('MaintenanceWindowList');

export const occurrenceQuery = z.strictObject({
  limit: wholeNumber
    .pipe(z.number().max(100, 'must be 1 to 100'))
    .default(20)
    .openapi({ type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'How many.' }),
});

export const occurrenceList = z
  .strictObject({ data: z.array(z.strictObject({ starts_at: rfc3339, ends_at: rfc3339 })) })
  .openapi('OccurrenceList');

export type Occurrence = { startsAt: Date; endsAt: Date };

export function viewOccurrence({ startsAt, endsAt }: Occurrence) {
  return { starts_at: startsAt.toISOString(), ends_at: endsAt.toISOString() };
}

export type MaintenanceWindow = typeof maintenanceWindows.$inferSelect;

export function viewWindow(window: MaintenanceWindow): z.output<typeof windowView> {
  return {
    id: window.id,
    reason: window.reason,
    matchers: window.matchers,
    rrule: window.rrule,
    time_zone: window.timeZone,
    starts_at: window.startsAt.toISOString(),
    ends_at: window.endsAt.toISOString(),
    duration_seconds: window.durationSeconds,
    announce_to: window.announceTo,
    enabled: window.enabled,
    created_by: window.createdBy,
    created_at: window.createdAt.toISOString(),
    updated_at: window.updatedAt.toISOString(),
  };
}
