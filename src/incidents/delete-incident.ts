import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';

/** Deletes an incident so that it can be restored until it is purged. */
export async function deleteIncident({ ctx, input }: Call<{ id: number; ifMatch: number | undefined }>): Promise<void> {
  authorize(ctx.actor, 'incident.delete');
  await changeIncident(ctx, {
    ...input,
    action: 'incident.delete',
    anybodys: 'incident.delete_any',
    set: { deletedAt: ctx.clock() },
    refusal: () => 'The incident was changed by someone else in between.',
  });
}
