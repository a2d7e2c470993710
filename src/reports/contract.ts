import { z } from '@hono/zod-openapi';
import { SEVERITIES } from '../core/severity.ts';
import { oneOf, rfc3339, timeInput } from '../http/fields.ts';
import { INCIDENT_SEVERITIES } from '../incidents/lifecycle.ts';
import { meanSeconds, mtta, mttrFrom } from './mean-times.ts';
import type { Range } from './range.ts';
import type { Reach } from './reach.ts';
import type { Difference } from './rollup-day.ts';
import { type TargetMeasure, targetFigures, viewTargets } from './target-figures.ts';

const bounds = {
  from: timeInput.optional().openapi({ description: 'Begun at or after. Widened to the start of its bucket.' }),
  to: timeInput.optional().openapi({ description: 'Begun before; default now. Widened to the end of its bucket.' }),
};

export const reportQuery = z.strictObject(bounds);

export type ReportQuery = z.output<typeof reportQuery>;

export const timeseriesQuery = z.strictObject({
  metric: oneOf(['events', 'alerts', 'incidents']).default('events').openapi({ default: 'events' }),
  interval: oneOf(['hour', 'day', 'week'])
    .default('day')
    .openapi({ default: 'day', description: 'In UTC; a week starts on Monday.' }),
  ...bounds,
});

export type TimeseriesQuery = z.output<typeof timeseriesQuery>;

export const count = z.number().int().openapi({ example: 3 });

/** What every report says of itself. */
export const reach = {
  from: rfc3339.openapi({ description: 'The first moment that is counted.' }),
  to: rfc3339.openapi({ description: 'The first moment that is not.' }),
  as_of: rfc3339.openapi({ description: 'What began until then is counted: now, when `complete`.' }),
  complete: z.boolean().openapi({ description: 'False while more came in than a report reads at once; ask later.' }),
};

export function viewReach({ range, reach: { asOf, complete } }: { range: Range; reach: Reach }) {
  return {
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    as_of: asOf.toISOString(),
    complete,
  } satisfies Record<keyof typeof reach, unknown>;
}

const point = z.strictObject({
  start: rfc3339,
  total: count,
  by_severity: z.record(z.string(), count).openapi({
    description: 'Every severity of the metric: `low` to `critical`, or `sev1` to `sev4`.',
    example: { low: 1, medium: 0, high: 1, critical: 1 },
  }),
  mtta_seconds: mtta.optional(),
  mttr_seconds: mttrFrom('raised, or created,').optional(),
  targets: targetFigures.optional().openapi({ description: 'Of alerts only.' }),
  targets_by_severity: z.record(z.string(), targetFigures).optional().openapi({ description: 'Of alerts only.' }),
});

export const timeseriesView = z
  .strictObject({
    metric: z.enum(['events', 'alerts', 'incidents']),
    interval: z.enum(['hour', 'day', 'week']),
    ...reach,
    points: z.array(point).openapi({ description: 'Each bucket of the range in order, empty ones too.' }),
  })
  .openapi('Timeseries');

/** What is summed in each bucket besides how many began in it. */
export type BucketMeasure = TargetMeasure | 'answered' | 'answeredMs' | 'resolved' | 'resolvedMs';

/** What was counted in buckets of `step` milliseconds; those in which nothing began are left out. */
export type Timeseries = {
  range: Range;
  step: number;
  counts: ({ start: number; severity: string; total: number } & Record<BucketMeasure, number>)[];
  reach: Reach;
};

export function viewTimeseries(series: Timeseries, { metric, interval }: TimeseriesQuery) {
  const { range, step, counts } = series;
  const severities: readonly string[] = metric === 'incidents' ? INCIDENT_SEVERITIES : SEVERITIES;
  const starts = Array.from({ length: (range.to - range.from) / step }, (_, index) => range.from + index * step);
  const counted = new Map(counts.map((one) => [`${one.start} ${one.severity}`, one]));
  const points = starts.map((start) => {
    const sumOf = (some: readonly string[]) => (measure: BucketMeasure | 'total') =>
      some.reduce((sum, severity) => sum + (counted.get(`${start} ${severity}`)?.[measure] ?? 0), 0);
    return {
      start: new Date(start).toISOString(),
      total: sumOf(severities)('total'),
      by_severity: Object.fromEntries(severities.map((severity) => [severity, sumOf([severity])('total')])),
      ...(metric !== 'events' && viewTimes(sumOf(severities), metric)),
      ...(metric === 'alerts' && viewTargetsOf(severities, sumOf)),
    };
  });
  return { metric, interval, ...viewReach(series), points } satisfies z.output<typeof timeseriesView>;
}

type Sum = (measure: BucketMeasure) => number;

/** How long a bucket took. Incidents are not acknowledged. */
function viewTimes(sum: Sum, metric: 'alerts' | 'incidents') {
  return {
    ...(metric === 'alerts' && { mtta_seconds: meanSeconds(sum('answeredMs'), sum('answered')) }),
    mttr_seconds: meanSeconds(sum('resolvedMs'), sum('resolved')),
  };
}

/** The targets of a bucket as a whole and by severity. */
function viewTargetsOf(severities: readonly string[], sumOf: (some: readonly string[]) => Sum) {
  return {
    targets: viewTargets(sumOf(severities)),
    targets_by_severity: Object.fromEntries(severities.map((severity) => [severity, viewTargets(sumOf([severity]))])),
  };
}

export const dayParams = z.strictObject({
  day: z.iso
    .date('must be a date such as 2026-11-21')
    .transform((text) => new Date(text))
    .openapi({ type: 'string', format: 'date', example: '2026-11-21', description: 'A day in UTC.' }),
});

export const rollupCheckView = z
  .strictObject({
    day: z.iso.date(),
    ok: z.boolean().openapi({ description: 'Whether there was no difference.' }),
    differences: z
      .array(
        z.strictObject({
          counted: z.enum(['events', 'alerts', 'incidents']),
          period: z.enum(['hour', 'day']),
          start: rfc3339,
          dimension: z.enum(['severity', 'source', 'event_type']),
          value: z.string(),
          surplus: z
            .record(z.string(), z.number().int())
            .openapi({ description: 'How much more the rollup says than the rows; negative when less.' }),
        }),
      )
      .openapi({ description: 'At most 100 of each table.' }),
  })
  .openapi('RollupCheck', {
    example: {
      day: '2026-11-21',
      ok: false,
      differences: [
        {
          counted: 'events',
          period: 'day',
          start: '2026-11-21T00:00:00.000Z',
          dimension: 'severity',
          value: 'high',
          surplus: { events: 2 },
        },
      ],
    },
  });

export function viewRollupCheck(day: Date, differences: Difference[]): z.output<typeof rollupCheckView> {
  return {
    day: day.toISOString().slice(0, 10),
    ok: differences.length === 0,
    differences: differences.map(({ counted, period, start, dimension, value, surplus }) => ({
      counted,
      period,
      start: new Date(start).toISOString(),
      dimension,
      value,
      surplus: Object.fromEntries(Object.entries(surplus).filter(([, by]) => by !== 0)),
    })),
  };
}
