import { and } from 'drizzle-orm';
import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { isWhole } from '../retention/moved.ts';
import { checkRollups } from './check-rollups.ts';
import { addCounts } from './counts.ts';
import { contributions } from './rollup.ts';
import { bucketsOf, type Difference, readDay } from './rollup-day.ts';

/** Replaces the rollups of a day by a full recount of its folded rows, in one batch. Answers what was different. */
export async function rebuildRollups({ ctx, input }: Call<{ day: Date }>): Promise<Difference[]> {
  authorize(ctx.actor, 'report.rebuild');
  const { day } = input;
  const differences = await checkRollups({ ctx, input });
  const parts = await readDay(ctx, day);
  const target = `rollups:${day.toISOString().slice(0, 10)}`;
  await ctx.db.batch([
    auditEvent(ctx, { action: 'report.rebuild', target, after: { differences: differences.length } }),
    ...parts.map(({ rollup }) => ctx.db.delete(rollup.table).where(and(bucketsOf(rollup, day), isWhole(day)))),
    ...parts.map(({ rollup, rows }) =>
      addCounts(ctx.db, { rollup, contributed: contributions(rollup, { where: and(rows, isWhole(day)) }) }),
    ),
  ]);
  return differences;
}
