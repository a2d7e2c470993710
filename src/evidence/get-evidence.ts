import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { incidents } from '../incidents/table.ts';
import type { Evidence } from './contract.ts';
import { evidence } from './table.ts';

/** What is known of a file. It goes and comes back with its incident. */
export async function getEvidence({ ctx, input }: Call<{ id: number }>): Promise<Evidence> {
  authorize(ctx.actor, 'incident.read');
  const [found] = await ctx.db.select().from(evidence).where(presentEvidence(input.id));
  if (!found) throw new NotFoundError('evidence');
  return found;
}

/** The condition that the file of this id is there, and its incident is not deleted. */
export function presentEvidence(id: number) {
  return and(eq(evidence.id, id), eq(evidence.state, 'stored'), hasIncident);
}

const ofIncident = and(eq(incidents.id, evidence.incidentId), isNull(incidents.deletedAt));

/** The condition that the incident of a file is not deleted. */
export const hasIncident = sql`EXISTS (SELECT 1 FROM ${incidents} WHERE ${ofIncident})`;

/** How the audit log names a file: with its incident, so that it stands in the incident's timeline. */
export function evidenceTarget({ id, incidentId }: Pick<Evidence, 'id' | 'incidentId'>): string {
  return `incident:${incidentId}/evidence:${id}`;
}
