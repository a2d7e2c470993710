import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { events } from '../events/table.ts';
import { type AlertFilter, MAX_BULK } from './bulk-contract.ts';
import { matchAlerts } from './match-alerts.ts';
import { scanned } from './scan-alerts.ts';

/** Alerts that a filter without an index of its own looks at. */
const SCAN_WINDOW = 20_000;

/** The newest alerts that match, at most `MAX_BULK`, and whether there are, or may be, more. */
export async function newestMatches(db: Db, filter: AlertFilter): Promise<{ ids: number[]; more: boolean }> {
  const { scan, tests } = await matchAlerts(db, { ...filter, limit: MAX_BULK, sort_order: 'desc' });
  const window = tests ? SCAN_WINDOW : MAX_BULK + 1;
  const id = sql<number>`${scanned.id}`;
  const [found, unseen] = await db.batch([
    db
      .select({ id })
      .from(scan(window))
      .crossJoin(events)
      .where(and(eq(events.id, scanned.eventId), tests))
      .limit(MAX_BULK + 1),
    db
      .select({ id })
      .from(scan(window))
      .limit(1)
      .offset(window - 1),
  ]);
  const ids = found.slice(0, MAX_BULK).map(({ id }) => id);
  return { ids, more: found.length > MAX_BULK || unseen.length > 0 };
}
