import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Incident } from './contract.ts';
import { incidents } from './table.ts';

/** One incident by id. A deleted one does not exist. */
export async function getIncident({ ctx, input }: Call<{ id: number }>): Promise<Incident> {
  authorize(ctx.actor, 'incident.read');
  const [incident] = await ctx.db.select().from(incidents).where(presentIncident(input.id));
  if (!incident) throw new NotFoundError('incident');
  return incident;
}

/** The condition that the incident of this id is there and not deleted. */
export function presentIncident(id: number) {
  return and(eq(incidents.id, id), isNull(incidents.deletedAt));
}

/** SQL for whether it is there, for statements over other tables. */
export function isIncidentPresent(id: number) {
  return sql`EXISTS (SELECT 1 FROM ${incidents} WHERE ${presentIncident(id)})`;
}
