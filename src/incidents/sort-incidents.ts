import { and, asc, desc, eq, gt, lt, type SQL, sql } from 'drizzle-orm';
import type { SortedCursor } from '../db/page.ts';
import type { Incident } from './contract.ts';
import type { IncidentQuery } from './list-contract.ts';
import { incidents } from './table.ts';

/** The fields that have an index of their own to be sorted by, behind the shelf. */
const FIELDS = {
  updated_at: 'updatedAt',
  title: 'title',
  service: 'service',
  owner: 'owner',
  severity: 'severity',
  status: 'status',
} as const;

/** How a list is sorted by a column; undefined for the order of ids. */
export function sortOf(by: IncidentQuery['sort_by']) {
  if (by === undefined || by === 'created_at') return undefined;
  const column = incidents[FIELDS[by]];
  return {
    order: (direction: 'asc' | 'desc'): SQL => {
      const to = direction === 'desc' ? desc : asc;
      return sql`${to(column)}, ${to(incidents.id)}`;
    },
    /** What lies behind the cursor, each of these in order: the rows that share its value, and those beyond it. */
    behind: ({ value, id }: SortedCursor, direction: 'asc' | 'desc'): (SQL | undefined)[] => {
      const than = direction === 'desc' ? lt : gt;
      const at = sql`${value}`;
      return [and(eq(column, at), than(incidents.id, id)), than(column, at)];
    },
    cursorOf: (incident: Incident): SortedCursor => {
      const value = incident[FIELDS[by]];
      return { by, value: value instanceof Date ? value.getTime() : value, id: incident.id };
    },
  };
}

export type Sort = NonNullable<ReturnType<typeof sortOf>>;
