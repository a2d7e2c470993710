import { sql } from 'drizzle-orm';
import { DAY_MS } from '../core/clock.ts';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { ageSlices } from './ageing.ts';
import type { ReportQuery } from './contract.ts';
import { bucketFrom, GRIDS, type Range, rangeOf, startOfBucket } from './range.ts';
import { type Reach, reachOf, selectUncounted } from './reach.ts';
import { ROLLUPS } from './rollup.ts';
import { selectSilentSensors } from './silent-sensors.ts';
import { countsWithin, type Slice, slicesOf, sumCounts } from './slices.ts';

const LIMITS = { grid: GRIDS.hour, defaultMs: 30 * DAY_MS, maxDays: 366 };

/** How many of the busiest sources and types are shown. */
const BUSIEST = 10;

/** The counts of a range, as they were at one moment: one batch of five statements. */
export async function getSummary({ ctx, input }: Call<ReportQuery>): Promise<Summary> {
  authorize(ctx.actor, 'report.read');
  const now = ctx.clock();
  const range = rangeOf(input, { ...LIMITS, now });
  const slices = slicesOf(range, { label: 'range' });
  const bySeverity = sql`severity`;
  const [events, alerts, incidents, silentSensors, [uncounted]] = await ctx.db.batch([
    selectEvents(ctx, range),
    sumCounts(ctx.db, { rollup: ROLLUPS.alerts, slices: [...slices, ...ageSlices(now)], by: bySeverity }),
    sumCounts(ctx.db, { rollup: ROLLUPS.incidents, slices, by: bySeverity }),
    selectSilentSensors(ctx.db),
    selectUncounted(ctx.db),
  ]);
  return { range, events, alerts, incidents, silentSensors, reach: reachOf(uncounted, now) };
}

/** The statement for events by severity, and by source and type the busiest. Unexecuted. */
function selectEvents({ db }: Context, range: Range) {
  const days = { from: startOfBucket(range.from, GRIDS.day), to: bucketFrom(range.to, GRIDS.day) };
  const slices: Slice[] = [
    ...slicesOf(range, { label: 'severity', dimension: 'severity' }),
    { label: 'source', dimension: 'source', period: 'day', ...days },
    { label: 'event_type', dimension: 'event_type', period: 'day', ...days },
  ];
  const places = sql`(
    SELECT label, value, sum(events) AS events,
      row_number() OVER (PARTITION BY label ORDER BY sum(events) DESC, value) AS place
    FROM ${countsWithin(ROLLUPS.events, slices)} GROUP BY 1, 2) AS places`;
  const fields = {
    label: sql<string>`label`.as('label'),
    value: sql<string>`value`.as('value'),
    events: sql<number>`events`.as('events'),
  };
  return db.select(fields).from(places).where(sql`place <= ${BUSIEST} AND events > 0`).orderBy(sql`label, place`);
}

type Sums<Statement extends (...input: never[]) => PromiseLike<unknown[]>> = Awaited<ReturnType<Statement>>;

export type AlertSums = Sums<typeof sumCounts<typeof ROLLUPS.alerts>>;
export type IncidentSums = Sums<typeof sumCounts<typeof ROLLUPS.incidents>>;

export type Summary = {
  range: Range;
  events: { label: string; value: string; events: number }[];
  alerts: AlertSums;
  incidents: IncidentSums;
  silentSensors: Sums<typeof selectSilentSensors>;
  reach: Reach;
};
