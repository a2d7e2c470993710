import { and, asc, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import { forgetIncidents } from '../alerts/alerts-of-incident.ts';
import { auditChange } from '../audit/audit.ts';
import { DAY_MS } from '../core/clock.ts';
import type { Call } from '../core/context.ts';
import { log } from '../core/log.ts';
import { giveUpEvidenceOf } from '../evidence/evidence-of-incident.ts';
import { authorize } from '../identity/permissions.ts';
import { deleteNotesOf } from '../notes/notes-of-incident.ts';
import { incidents } from './table.ts';

// A run that finds more leaves it to the next one.
const MAX_PURGED = 50;

/**
 * Removes for good what was deleted long ago, oldest first, with all that belongs to it: one batch. Its alerts stay, and
 * the audit log keeps the incident as it was. Returns how many it removed.
 */
export async function purgeDeleted({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'incident.keep');
  const { db, settings } = ctx;
  const now = ctx.clock();
  const longAgo = new Date(now.getTime() - settings.incidents.purgeDays * DAY_MS);
  const due = db
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(isNotNull(incidents.deletedAt), lte(incidents.deletedAt, longAgo)))
    .orderBy(asc(incidents.deletedAt), asc(incidents.id))
    .limit(MAX_PURGED);
  const where = inArray(incidents.id, due);
  const target = sql`'incident:' || ${incidents.id}`;
  const [, , , , , purged] = await db.batch([
    auditChange(ctx, { table: incidents, where, action: 'incident.purge', target }),
    ...deleteNotesOf(db, due),
    forgetIncidents(db, due),
    giveUpEvidenceOf(db, { ids: due, now }),
    // Last, since the statements before it ask which ones are due.
    db.delete(incidents).where(where).returning({ id: incidents.id }),
  ]);
  if (purged.length > 0) log.info('incidents were purged', { purged: purged.length });
  return purged.length;
}
