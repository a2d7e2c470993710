import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { auditChange } from '../audit/audit.ts';
import { usernameOf } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import { ConflictError, ForbiddenError, NotFoundError, PreconditionFailedError } from '../core/errors.ts';
import { isAllowed } from '../identity/permissions.ts';
import { countIncidents, uncountIncidents } from '../reports/counts.ts';
import type { Incident } from './contract.ts';
import { incidents } from './table.ts';

type Anybodys = 'incident.change_any' | 'incident.delete_any';

export type IncidentChange = {
  id: number;
  action: string;
  set: SQLiteUpdateSetSource<typeof incidents>;
  /** What must hold of the incident as it is now. Of two that race, the second finds that it no longer does. */
  where?: SQL | undefined;
  /** The version that the caller saw, when it said so. */
  ifMatch: number | undefined;
  /** The permission that lets one change what somebody else owns. */
  anybodys: Anybodys;
  /** Only a deleted incident; else only one that is not. */
  deleted?: boolean;
  /** Why the condition does not hold, for the one who came second. */
  refusal: (incident: Incident) => string;
};

/**
 * Changes an incident on a condition, with its audit row and its counts, and reads it back: one batch. A deleted one
 * does not exist, unless it is what is asked for.
 */
export async function changeIncident(ctx: Context, change: IncidentChange): Promise<Incident> {
  const { statements, refusal } = incidentChange(ctx, change);
  const [, , [changed], , [found]] = await ctx.db.batch(statements);
  if (changed) return changed;
  throw refusal(found);
}

/**
 * The statements of such a change; what will hold of the incident if it is going to happen, for statements before them
 * in the same batch; and the refusal of a change that did not. Unexecuted.
 */
export function incidentChange(ctx: Context, change: IncidentChange) {
  const { id, action, ifMatch, anybodys, deleted = false } = change;
  const set = { ...change.set, updatedAt: ctx.clock(), version: sql`${incidents.version} + 1` };
  const present = and(eq(incidents.id, id), deleted ? isNotNull(incidents.deletedAt) : isNull(incidents.deletedAt));
  const where = and(
    present,
    isAllowed(ctx.actor, anybodys) ? undefined : eq(incidents.owner, usernameOf(ctx.actor) ?? ''),
    ifMatch ? eq(incidents.version, ifMatch) : undefined,
    change.where,
  );
  const statements = [
    uncountIncidents(ctx.db, where),
    auditChange(ctx, { table: incidents, where, set, action, target: `incident:${id}` }),
    ctx.db.update(incidents).set(set).where(where).returning(),
    countIncidents(ctx.db, and(eq(incidents.id, id), sql`changes() > 0`)),
    ctx.db.select().from(incidents).where(present),
  ] as const;
  return { where, statements, refusal: (found: Incident | undefined) => refusalOf(ctx, { change, found }) };
}

function refusalOf(ctx: Context, { change, found }: { change: IncidentChange; found: Incident | undefined }): Error {
  const { ifMatch, anybodys } = change;
  if (!found) return new NotFoundError('incident');
  if (!isAllowed(ctx.actor, anybodys) && found.owner !== usernameOf(ctx.actor)) return new ForbiddenError(anybodys);
  if (ifMatch && found.version !== ifMatch) return new PreconditionFailedError(found.version);
  return new ConflictError(change.refusal(found));
}
