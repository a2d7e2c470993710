import { and, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { SavedView } from './contract.ts';
import { savedViews } from './table.ts';
import { isVisible } from './whose.ts';

/** One view by id: one's own, or one that is shared. */
export async function getSavedView({ ctx, input }: Call<{ id: number }>): Promise<SavedView> {
  authorize(ctx.actor, 'view.read');
  const [view] = await ctx.db
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.id, input.id), isVisible(ctx)));
  if (!view) throw new NotFoundError('view');
  return view;
}
