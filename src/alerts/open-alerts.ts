import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { DAY_MS } from '../core/clock.ts';
import type { Db } from '../db/client.ts';
import { selectInto } from '../db/select-into.ts';
import { alerts } from './table.ts';

// An alert that recurs more often in a day is not counted on.
const MAX_RECURRENCES = 100;

const earlier = alias(alerts, 'earlier');

/**
 * The statement that opens the alerts which are `wanted`, in the order of their events. Where one with the key is open
 * already it is counted up, for one written row: its severity, which is in an index, is another's business. Unexecuted.
 */
export function openAlerts(db: Db, { wanted, now }: { wanted: SQL; now: Date }) {
  const { eventCount, firstSeen, lastSeen, version, openKey } = alerts;
  return db
    .insert(alerts)
    .select(newAlerts(wanted, now.getTime()))
    .onConflictDoUpdate({
      target: openKey,
      targetWhere: sql`open_key IS NOT NULL`,
      set: {
        eventCount: sql`${eventCount} + excluded.event_count`,
        firstSeen: sql`min(${firstSeen}, excluded.first_seen)`,
        lastSeen: sql`max(${lastSeen}, excluded.last_seen)`,
        version: sql`${version} + 1`,
      },
    });
}

function newAlerts(wanted: SQL, now: number): SQL {
  return selectInto(alerts, {
    values: {
      eventId: sql`wanted.event_id`,
      severity: sql`wanted.severity`,
      status: 'open',
      eventCount: sql`wanted.n`,
      firstSeen: sql`wanted.first_seen`,
      lastSeen: sql`wanted.last_seen`,
      dedupKey: sql`wanted.key`,
      openKey: sql`wanted.key`,
      previousId: sql`(SELECT max(${earlier.id}) FROM ${alerts} AS ${earlier} WHERE ${isEarlier})`,
      recurrences: recurrences(now),
      createdAt: now,
      acknowledgeBy: sql`${now} + wanted.acknowledge_ms`,
      resolveBy: sql`${now} + wanted.resolve_ms`,
      version: 1,
    },
    from: sql`FROM (${wanted}) AS wanted WHERE true ORDER BY wanted.event_id`,
  });
}

const isEarlier = and(eq(earlier.dedupKey, sql`wanted.key`), isNotNull(earlier.dedupKey));

/** How many alerts of the key were raised in the last day. Nobody asks for one that is counted up. */
function recurrences(now: number): SQL {
  const isOpen = sql`SELECT 1 FROM ${alerts} AS ${earlier}
    WHERE ${eq(earlier.openKey, sql`wanted.key`)} AND ${isNotNull(earlier.openKey)}`;
  const newest = sql`SELECT ${earlier.createdAt} AS created_at FROM ${alerts} AS ${earlier}
    WHERE ${isEarlier} ORDER BY ${earlier.id} DESC LIMIT ${MAX_RECURRENCES}`;
  return sql`iif(EXISTS (${isOpen}), 0,
    (SELECT count(*) FROM (${newest}) AS newest WHERE newest.created_at > ${now - DAY_MS}))`;
}
