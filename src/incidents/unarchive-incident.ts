import { isNotNull } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';
import type { Incident } from './contract.ts';
import { incidents } from './table.ts';

/** Takes an incident out of the archive, as resolved as it is. */
export async function unarchiveIncident({
  ctx,
  input,
}: Call<{ id: number; ifMatch: number | undefined }>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  return changeIncident(ctx, {
    ...input,
    action: 'incident.unarchive',
    anybodys: 'incident.change_any',
    where: isNotNull(incidents.archivedAt),
    set: { archivedAt: null },
    refusal: () => 'The incident is not archived.',
  });
}
