import type { Call } from '../core/context.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';
import type { Incident } from './contract.ts';
import { getIncident } from './get-incident.ts';

type Restore = { id: number; ifMatch: number | undefined };

/** Brings a deleted incident back as it was, with its notes, evidence and alerts. */
export async function restoreIncident({ ctx, input }: Call<Restore>): Promise<Incident> {
  authorize(ctx.actor, 'incident.delete');
  try {
    return await changeIncident(ctx, {
      ...input,
      deleted: true,
      action: 'incident.restore',
      anybodys: 'incident.delete_any',
      set: { deletedAt: null },
      refusal: () => 'The incident was changed by someone else in between.',
    });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    await getIncident({ ctx, input });
    throw new ConflictError('The incident is not deleted.');
  }
}
