import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { auditRows } from '../../src/audit/table.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { columnsOf } from './columns.ts';

/** Something that happened, as the audit log tells it. */
export type Entry = {
  at: number;
  actor: string;
  action: string;
  target: string;
  before?: JsonObject;
  after?: JsonObject;
};

/** A change that somebody made to a row. */
export type Step<Row> = Omit<Entry, 'before' | 'after'> & { set: Partial<Row> };

// People sit in one office, behind one address.
const OFFICE = '203.0.113.200';

/** Takes a row through what happened to it, in the order of time: the row as it is then, and what the log says. */
export function live<Row extends { version: number }>(
  table: SQLiteTable,
  { row, steps }: { row: Row; steps: Step<Row>[] },
): { row: Row; log: Entry[] } {
  let now = row;
  const log = steps
    .toSorted((one, other) => one.at - other.at)
    .map(({ set, ...step }) => {
      const before = now;
      now = { ...now, ...set, version: now.version + 1 };
      const changed = [...Object.keys(set), 'version'];
      return { ...step, before: pick(table, { row: before, changed }), after: pick(table, { row: now, changed }) };
    });
  return { row: now, log };
}

function pick(table: SQLiteTable, { row, changed }: { row: object; changed: string[] }): JsonObject {
  return columnsOf(table, Object.fromEntries(Object.entries(row).filter(([field]) => changed.includes(field))));
}

/** The rows of the audit log, in the order of time. */
export function toAuditRows(log: Entry[]): (typeof auditRows.$inferInsert)[] {
  return log
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, actor, action, target, before, after }, index) => ({
      timestamp: new Date(at),
      actor,
      action,
      target,
      before,
      after,
      ip: actor.startsWith('user:') ? OFFICE : null,
      requestId: `seed-${index + 1}`,
    }));
}
