import { auditChange } from '../audit/audit.ts';
import { usernameOf } from '../core/actor.ts';
import type { Call } from '../core/context.ts';
import { ForbiddenError, NotFoundError } from '../core/errors.ts';
import { authorize, isAllowed } from '../identity/permissions.ts';
import { dropEvidence } from './drop-evidence.ts';
import { evidenceTarget, getEvidence, presentEvidence } from './get-evidence.ts';
import { evidence } from './table.ts';

/** Deletes a file. It is gone from every answer at once; its bytes go after the answer is out, or by cron. */
export async function deleteEvidence({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'evidence.delete');
  const file = await getEvidence({ ctx, input });
  const isTheirs = isAllowed(ctx.actor, 'evidence.delete_any') || file.uploadedBy === usernameOf(ctx.actor);
  if (!isTheirs) throw new ForbiddenError('evidence.delete_any');
  const where = presentEvidence(input.id);
  const [, deleted] = await ctx.db.batch([
    auditChange(ctx, { table: evidence, where, action: 'evidence.delete', target: evidenceTarget(file) }),
    ctx.db
      .update(evidence)
      .set({ state: 'deleting', stateSince: ctx.clock() })
      .where(where)
      .returning({ id: evidence.id }),
  ]);
  if (deleted.length === 0) throw new NotFoundError('evidence');
  ctx.later('evidence removal', () => dropEvidence(ctx, file));
}
