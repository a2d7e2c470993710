import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import type { AlertPlan } from './plan-alerts.ts';
import { alerts } from './table.ts';

/**
 * The statement by which open alerts take no further events: those to whose key none came since a time. They stay open;
 * what comes now opens another. Unexecuted.
 */
export function closeWindows(db: Db, windows: AlertPlan['windows']) {
  const late = sql`SELECT ${alerts.id} FROM json_each(${JSON.stringify(windows)}) AS since CROSS JOIN ${alerts}
    WHERE ${alerts.openKey} = since.value ->> 0 AND ${alerts.openKey} IS NOT NULL
      AND ${alerts.lastSeen} < since.value ->> 1`;
  return db.update(alerts).set({ openKey: null }).where(sql`${alerts.id} IN (${late})`);
}
