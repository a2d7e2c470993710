import { and, eq, isNull } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';
import type { Incident } from './contract.ts';
import { incidents } from './table.ts';

/** Puts a resolved incident out of the way. The archive is a shelf, not a lock: it can still be changed. */
export async function archiveIncident({
  ctx,
  input,
}: Call<{ id: number; ifMatch: number | undefined }>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  return changeIncident(ctx, {
    ...input,
    action: 'incident.archive',
    anybodys: 'incident.change_any',
    where: and(eq(incidents.status, 'resolved'), isNull(incidents.archivedAt)),
    set: { archivedAt: ctx.clock() },
    refusal: ({ status, archivedAt }) =>
      archivedAt
        ? 'The incident is archived already.'
        : `The incident is ${status}; only a resolved one can be archived.`,
  });
}
