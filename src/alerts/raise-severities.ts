import { and, eq, getTableColumns, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { countAlertsOf, uncountAlerts } from '../reports/counts.ts';
import { alerts } from './table.ts';

/**
 * The statements by which open alerts take the severity of the events that join them, `wanted`, when it is higher, with
 * their counts. Nothing is written when none is. What they will be is counted before they are: afterwards nothing tells
 * them from those that were so. Unexecuted.
 */
export function raiseSeverities(db: Db, wanted: SQL) {
  const lower = sql`SELECT ${alerts.id} AS id, wanted.severity AS severity FROM (${wanted}) AS wanted CROSS JOIN ${alerts}
    WHERE ${and(eq(alerts.openKey, sql`wanted.key`), isNotNull(alerts.openKey), isLower)}`;
  // Left to itself, SQLite would read all alerts for each key to update some.
  const rising = sql`(WITH lower AS MATERIALIZED (${lower}) SELECT id, severity FROM lower) AS rising`;
  const columns = Object.values(getTableColumns(alerts)).map((column) =>
    column === alerts.severity ? sql`rising.severity AS severity` : sql`${column}`,
  );
  const risen = sql`(SELECT ${sql.join(columns, sql`, `)} FROM ${rising} CROSS JOIN ${alerts}
    WHERE ${alerts.id} = rising.id) AS ${alerts}`;
  return [
    uncountAlerts(db, sql`${alerts.id} IN (SELECT rising.id FROM ${rising})`),
    countAlertsOf(db, risen),
    db.update(alerts).set({ severity: sql`rising.severity` }).from(rising).where(eq(alerts.id, sql`rising.id`)),
  ] as const;
}

// Events that owe an alert are High or Critical.
const isLower = sql`${alerts.severity} NOT IN ('critical', wanted.severity)`;
