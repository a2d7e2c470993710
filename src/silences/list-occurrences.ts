import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { getMaintenanceWindow } from './get-maintenance-window.ts';
import { occurrencesOf } from './schedule.ts';
import type { Occurrence } from './window-contract.ts';

/** The next occurrences of a window that is enabled, one that runs included. */
export async function listOccurrences({ ctx, input }: Call<{ id: number; limit: number }>): Promise<Occurrence[]> {
  authorize(ctx.actor, 'silence.read');
  const window = await getMaintenanceWindow({ ctx, input: { id: input.id } });
  const now = ctx.clock();
  return (window.enabled ? occurrencesOf(window) : [])
    .map((startsAt) => ({ startsAt, endsAt: new Date(startsAt.getTime() + window.durationSeconds * 1000) }))
    .filter(({ endsAt }) => endsAt > now)
    .slice(0, input.limit);
}
