import { and, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import { scanOf } from '../db/seek.ts';
import { columnsOf, contributions, ROLLUPS, type Rollup } from './rollup.ts';
import { eventCounts } from './table.ts';
import { foldedTo } from './watermark.ts';

const DIMENSIONS = ['severity', 'source', 'event_type'] as const;

/** A bucket that is not what its rows say, and by how much it says more. */
export type Difference = {
  counted: Rollup['counted'];
  period: 'hour' | 'day';
  start: number;
  dimension: (typeof DIMENSIONS)[number];
  value: string;
  surplus: Record<string, number>;
};

/** Of each table so many differences are shown; they say enough. */
const MAX_DIFFERENCES = 100;

/** Isolates whose clocks differ by less may still add rows to a day that is over. */
const SKEW_MS = 60_000;

/** A rollup and which of its rows are folded and of the day. */
export type DayOfRollup = { rollup: Rollup; day: Date; rows: SQL };

/** Each rollup with the folded rows of a day: along the primary key, by binary search, since ids grow with time. */
export function readDay(ctx: Context, day: Date): Promise<DayOfRollup[]> {
  return Promise.all(
    Object.values(ROLLUPS).map(async (rollup) => ({ rollup, day, rows: await foldedRows(ctx, { rollup, day }) })),
  );
}

async function foldedRows(ctx: Context, { rollup, day }: { rollup: Rollup; day: Date }): Promise<SQL> {
  const { source, time, counted } = rollup;
  const end = new Date(day.getTime() + DAY_MS);
  // While the day goes on, what is folded after this look belongs to it, too.
  const to = end.getTime() + SKEW_MS < ctx.clock().getTime() ? end : undefined;
  const query = { from: day, to, limit: 1, sort_order: 'asc' as const };
  const { bounds } = await scanOf(ctx.db, { table: source, time, query });
  const conditions = [bounds, gte(time, day), lt(time, end), lte(source.id, foldedTo(counted))];
  return and(...conditions) ?? sql`false`;
}

/** The buckets of a day, along the key of their table. */
export function bucketsOf({ table, key }: Rollup, day: Date): SQL {
  const conditions = [
    'dimension' in key ? inArray(eventCounts.dimension, DIMENSIONS) : undefined,
    inArray(table.period, ['hour', 'day']),
    gte(table.start, day.getTime()),
    lt(table.start, day.getTime() + DAY_MS),
  ];
  return and(...conditions) ?? sql`false`;
}

const asCounts = (json: string): Record<string, number> => JSON.parse(json);

/** The statement that finds the buckets of a day that differ from a recount of its rows. Unexecuted. */
export function selectDifferences({ db }: Context, { rollup, day, rows }: DayOfRollup) {
  const { key, measures } = columnsOf(rollup);
  const columns = [...key, ...measures].map(([, column]) => column);
  const value = key.at(-1)?.[1];
  const sums = measures.map(([, { name }]) => ({ name, sum: sql`sum(${sql.identifier(name)})` }));
  const pairs = sums.map(({ name, sum }) => sql`${name}, ${sum}`);
  return db
    .select({
      counted: sql<Rollup['counted']>`${rollup.counted}`.as('counted'),
      period: sql<'hour' | 'day'>`period`.as('of_period'),
      start: sql<number>`start`.as('of_start'),
      dimension: sql<
        Difference['dimension']
      >`${'dimension' in rollup.key ? sql.identifier('dimension') : 'severity'}`.as('of_dimension'),
      value: sql<string>`${sql.identifier(value?.name ?? '')}`.as('of_value'),
      surplus: sql`json_object(${sql.join(pairs, sql`, `)})`.mapWith(asCounts).as('surplus'),
    })
    .from(sql`(
      SELECT ${sql.join(columns, sql`, `)} FROM ${rollup.table} WHERE ${bucketsOf(rollup, day)}
      UNION ALL
      SELECT * FROM (${contributions(rollup, { where: rows, negative: true })}))`)
    .groupBy(sql`1, 2, 3, 4, 5`)
    .having(
      sql.join(
        sums.map(({ sum }) => sql`${sum} <> 0`),
        sql` OR `,
      ),
    )
    .orderBy(sql`2, 3, 4, 5`)
    .limit(MAX_DIFFERENCES);
}
