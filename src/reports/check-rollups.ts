import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { refuseMovedDay } from '../retention/moved.ts';
import { type Difference, readDay, selectDifferences } from './rollup-day.ts';

/** Compares the rollups of a day with a full recount of its folded rows, a table at a time. */
export async function checkRollups({ ctx, input }: Call<{ day: Date }>): Promise<Difference[]> {
  authorize(ctx.actor, 'report.rebuild');
  await refuseMovedDay(ctx, input.day);
  const parts = await readDay(ctx, input.day);
  return (await Promise.all(parts.map((part) => selectDifferences(ctx, part)))).flat();
}
