import { and, eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ForbiddenError, NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { savedViews } from './table.ts';
import { isChangeable, isVisible } from './whose.ts';

/** Deletes a view: one's own, or as an admin one that somebody shares. */
export async function deleteSavedView({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'view.save');
  const { db } = ctx;
  const { id } = savedViews;
  const where = and(eq(id, input.id), isChangeable(ctx));
  const [, [deleted], [left]] = await db.batch([
    auditChange(ctx, { table: savedViews, where, action: 'view.delete', target: `view:${input.id}` }),
    db.delete(savedViews).where(where).returning({ id }),
    db
      .select({ id })
      .from(savedViews)
      .where(and(eq(id, input.id), isVisible(ctx))),
  ]);
  if (left) throw new ForbiddenError('view.save_any');
  if (!deleted) throw new NotFoundError('view');
}
