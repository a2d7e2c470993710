import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from './client.ts';

/** Rows whose values are counted: as many as `page` can reach. */
export const FACET_WINDOW = 10_000;

/** The most frequent values of a facet are told, so many at most. */
export const FACET_VALUES = 10;

/** How often each value occurs among the rows that match, the most frequent first; null is no value. */
export type Facets<Name extends string> = {
  matching: number;
  /** False when only the first rows in list order were looked at. */
  complete: boolean;
  facets: Record<Name, { value: string | null; count: number }[]>;
};

type Facet = {
  column: SQLWrapper;
  /** Whether the column holds a JSON array, each item of which is a value. */
  isList?: boolean;
};

type Counting<Name extends string> = {
  /** What follows FROM: the first `FACET_WINDOW` rows in list order. */
  from: SQL;
  /** What no index answers: tested row by row. */
  tests: SQL | undefined;
  /** Five at most: D1 refuses a compound SELECT of more terms. */
  facets: Record<Name, Facet>;
};

type Row = { seen: number; matching: number; facet: string | null; value: string | null; n: number };

/**
 * Counts the values of several facets. The rows are read once; those that agree in all facets become one, and what is
 * left, which is mostly little, is counted once for each facet.
 */
export async function countFacets<const Name extends string>(
  db: Db,
  { from, tests, facets }: Counting<Name>,
): Promise<Facets<Name>> {
  const all = Object.entries<Facet>(facets);
  const columns = all.map(([name, { column }]) => sql`${column} AS ${sql.identifier(name)}`);
  const rows = await db.all<Row>(sql`
    WITH looked_at AS MATERIALIZED (
      SELECT (${tests ?? sql`TRUE`}) AS matches, ${sql.join(columns, sql`, `)}, count(*) AS rows
      FROM ${from} GROUP BY matches, ${sql.join(
        all.map(([, { column }]) => column),
        sql`, `,
      )}),
    counted AS (${sql.join(all.map(countOf), sql` UNION ALL `)}),
    placed AS (SELECT *, row_number() OVER (PARTITION BY facet ORDER BY n DESC, value) AS place FROM counted)
    SELECT seen, matching, facet, value, n
    FROM (SELECT coalesce(sum(rows), 0) AS seen, coalesce(sum(rows) FILTER (WHERE matches), 0) AS matching FROM looked_at)
    LEFT JOIN placed ON place <= ${FACET_VALUES} ORDER BY facet, place`);
  const [{ seen, matching } = { seen: 0, matching: 0 }] = rows;
  const valuesOf = (name: string) =>
    rows.filter(({ facet }) => facet === name).map(({ value, n }) => ({ value, count: n }));
  const found = all.map(([name]) => [name, valuesOf(name)]);
  return { matching, complete: seen < FACET_WINDOW, facets: Object.fromEntries(found) };
}

function countOf([name, { isList }]: [string, Facet]): SQL {
  const column = sql.identifier(name);
  const source = isList ? sql`looked_at CROSS JOIN json_each(${column})` : sql`looked_at`;
  const value = isList ? sql`json_each.value` : sql`${column}`;
  return sql`SELECT ${name} AS facet, ${value} AS value, sum(rows) AS n FROM ${source} WHERE matches GROUP BY 2`;
}
