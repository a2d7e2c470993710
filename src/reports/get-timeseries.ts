import { type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../core/clock.ts';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import type { BucketMeasure, Timeseries, TimeseriesQuery } from './contract.ts';
import { GRIDS, rangeOf } from './range.ts';
import { reachOf, selectUncounted } from './reach.ts';
import { ROLLUPS } from './rollup.ts';
import { countsWithin, type Slice } from './slices.ts';

const LIMITS = {
  hour: { grid: GRIDS.hour, defaultMs: DAY_MS, maxDays: 31 },
  day: { grid: GRIDS.day, defaultMs: 30 * DAY_MS, maxDays: 366 },
  week: { grid: GRIDS.week, defaultMs: 26 * 7 * DAY_MS, maxDays: 5 * 366 },
};

/** What is counted of each metric: its severity, and how many there are in a row of its rollup. */
const METRICS = {
  events: { severity: sql`value`, total: sql`sum(events)` },
  alerts: { severity: sql`severity`, total: sql`sum(open + acknowledged + resolved)` },
  incidents: { severity: sql`severity`, total: sql`sum(open + mitigated + resolved)` },
};

/** What is summed of what only alerts, or alerts and incidents, have; nothing of others. */
function measuresOf(metric: TimeseriesQuery['metric']): Record<BucketMeasure, SQL.Aliased<number>> {
  const sumOf = (name: string, metrics: TimeseriesQuery['metric'][]) =>
    sql<number>`${metrics.includes(metric) ? sql`sum(${sql.identifier(name)})` : 0}`.as(`sum_of_${name}`);
  return {
    answered: sumOf('answered', ['alerts']),
    answeredMs: sumOf('answered_ms', ['alerts']),
    resolved: sumOf('resolved', ['alerts', 'incidents']),
    resolvedMs: sumOf('resolved_ms', ['alerts', 'incidents']),
    acknowledgeTargets: sumOf('acknowledge_targets', ['alerts']),
    acknowledgeBreaches: sumOf('acknowledge_breaches', ['alerts']),
    resolveTargets: sumOf('resolve_targets', ['alerts']),
    resolveBreaches: sumOf('resolve_breaches', ['alerts']),
  };
}

/** Counts by bucket and severity, as they were at one moment: one batch of two statements. */
export async function getTimeseries({ ctx, input }: Call<TimeseriesQuery>): Promise<Timeseries> {
  authorize(ctx.actor, 'report.read');
  const { metric, interval } = input;
  const now = ctx.clock();
  const { ms, origin } = GRIDS[interval];
  const range = rangeOf(input, { ...LIMITS[interval], now });
  const slice: Slice = { ...range, label: metric, period: interval === 'hour' ? 'hour' : 'day', dimension: 'severity' };
  const fields = {
    start: sql<number>`start - (start - ${origin}) % ${ms}`.as('bucket_start'),
    severity: sql<string>`${METRICS[metric].severity}`.as('severity_of'),
    total: sql<number>`${METRICS[metric].total}`.as('total'),
    ...measuresOf(metric),
  };
  const [counts, [uncounted]] = await ctx.db.batch([
    ctx.db
      .select(fields)
      .from(countsWithin(ROLLUPS[metric], [slice]))
      .groupBy(sql`1`, sql`2`),
    selectUncounted(ctx.db),
  ]);
  return { range, step: ms, counts, reach: reachOf(uncounted, now) };
}
