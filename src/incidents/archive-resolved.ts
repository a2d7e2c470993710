import { and, asc, inArray, isNull, lte, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import { DAY_MS } from '../core/clock.ts';
import type { Call } from '../core/context.ts';
import { log } from '../core/log.ts';
import { authorize } from '../identity/permissions.ts';
import { incidents } from './table.ts';

// A run that finds more leaves it to the next one.
const MAX_ARCHIVED = 200;

/** Archives what was resolved long ago, oldest first. Returns how many it archived. */
export async function archiveResolved({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'incident.keep');
  const { db, settings } = ctx;
  const now = ctx.clock();
  const longAgo = new Date(now.getTime() - settings.incidents.archiveDays * DAY_MS);
  const due = db
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(isNull(incidents.archivedAt), isNull(incidents.deletedAt), lte(incidents.resolvedAt, longAgo)))
    .orderBy(asc(incidents.resolvedAt), asc(incidents.id))
    .limit(MAX_ARCHIVED);
  const where = inArray(incidents.id, due);
  const set = { archivedAt: now, updatedAt: now, version: sql`${incidents.version} + 1` };
  const target = sql`'incident:' || ${incidents.id}`;
  const [, archived] = await db.batch([
    auditChange(ctx, { table: incidents, where, set, action: 'incident.archive', target }),
    db.update(incidents).set(set).where(where).returning({ id: incidents.id }),
  ]);
  if (archived.length > 0) log.info('incidents were archived', { archived: archived.length });
  return archived.length;
}
