import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { bucketFrom, GRIDS, type Range, startOfBucket } from './range.ts';
import { columnsOf, contributions, type Rollup } from './rollup.ts';
import { inTail } from './watermark.ts';

/** A run of buckets of a rollup, and the name under which they are summed. */
export type Slice = Range & {
  label: string;
  period: 'hour' | 'day';
  /** Of events, which are counted by more than one. */
  dimension?: 'severity' | 'source' | 'event_type';
};

/** A range of whole hours as slices: whole days are read from day rows, its edges from hour rows. */
export function slicesOf({ from, to }: Range, slice: Omit<Slice, 'from' | 'to' | 'period'>): Slice[] {
  const firstDay = bucketFrom(from, GRIDS.day);
  const endOfDays = startOfBucket(to, GRIDS.day);
  if (firstDay >= endOfDays) return [{ ...slice, period: 'hour', from, to }];
  const slices: Slice[] = [
    { ...slice, period: 'hour', from, to: firstDay },
    { ...slice, period: 'day', from: firstDay, to: endOfDays },
    { ...slice, period: 'hour', from: endOfDays, to },
  ];
  return slices.filter((part) => part.from < part.to);
}

/**
 * What is counted within slices, as a table `counts` with their labels: rows of the rollup, and what those rows add
 * that are not folded yet. The slices lead, so that only their rows are read.
 */
export function countsWithin(rollup: Rollup, slices: Slice[]): SQL {
  const { table, key } = rollup;
  const { key: keys, measures } = columnsOf(rollup);
  const columns = [...keys, ...measures].map(([, column]) => column);
  const given = sql`json_each(${JSON.stringify(slices)}) AS slice`;
  const within = and(
    'dimension' in key ? sql`${sql.identifier('dimension')} = slice.value ->> 'dimension'` : undefined,
    eq(table.period, sql`slice.value ->> 'period'`),
    gte(table.start, sql`slice.value ->> 'from'`),
    lt(table.start, sql`slice.value ->> 'to'`),
  );
  // Under the name of the rollup, so that one condition suits both.
  const tail = sql`(${contributions(rollup, { where: inTail(rollup) })}) AS ${table}`;
  const select = sql`SELECT slice.value ->> 'label' AS label, ${sql.join(columns, sql`, `)}`;
  return sql`(
    ${select} FROM ${given} CROSS JOIN ${table} WHERE ${within}
    UNION ALL
    ${select} FROM ${tail} CROSS JOIN ${given} WHERE ${within}) AS counts`;
}

type Sums<R extends Rollup> = { [Measure in keyof R['measures']]: SQL.Aliased<number> };

/** The statement that sums what is counted within slices, by label and another expression. Unexecuted. */
export function sumCounts<R extends Rollup>(db: Db, { rollup, slices, by }: { rollup: R; slices: Slice[]; by: SQL }) {
  const sums = columnsOf(rollup).measures.map(([name, { name: column }]) => [
    name,
    sql<number>`sum(${sql.identifier(column)})`.as(`sum_of_${column}`),
  ]);
  return db
    .select({
      label: sql<string>`label`.as('label'),
      by: sql<string>`${by}`.as('summed_by'),
      sums: Object.fromEntries(sums) as Sums<R>,
    })
    .from(countsWithin(rollup, slices))
    .groupBy(sql`1`, sql`2`);
}
