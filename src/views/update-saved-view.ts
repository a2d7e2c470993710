import { and, eq, ne, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import { usernameOf } from '../core/actor.ts';
import type { Call, Context } from '../core/context.ts';
import { ForbiddenError, NotFoundError, ValidationError } from '../core/errors.ts';
import { authorize, isAllowed } from '../identity/permissions.ts';
import type { SavedView, SavedViewPatch } from './contract.ts';
import { endDefault } from './end-default.ts';
import { getSavedView } from './get-saved-view.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import { savedViews } from './table.ts';
import { isChangeable } from './whose.ts';

type Change = { id: number; patch: SavedViewPatch };

/** Changes what is given of a view: of one's own, or as an admin of one that somebody shares. */
export async function updateSavedView({ ctx, input }: Call<Change>): Promise<SavedView> {
  authorize(ctx.actor, 'view.save');
  const { id, patch } = input;
  const before = await getSavedView({ ctx, input: { id } });
  checkOwner(ctx, { before, patch });
  if (Object.keys(patch).length === 0) return before;
  const { default: isDefault, ...rest } = patch;
  const set = { ...rest, isDefault };
  const where = and(eq(savedViews.id, id), isChangeable(ctx));
  const isThere = sql`EXISTS (SELECT 1 FROM ${savedViews} WHERE ${where})`;
  const [, , , [view]] = await ctx.db
    .batch([
      ...endDefault(ctx, { ...before, where: isDefault ? and(ne(savedViews.id, id), isThere) : sql`FALSE` }),
      auditChange(ctx, { table: savedViews, where, set, action: 'view.update', target: `view:${id}` }),
      ctx.db
        .update(savedViews)
        .set({ ...set, updatedAt: ctx.clock() })
        .where(where)
        .returning(),
    ])
    .catch(refuseTakenName);
  if (!view) throw new NotFoundError('view');
  return view;
}

function checkOwner(ctx: Context, { before, patch }: { before: SavedView; patch: SavedViewPatch }): void {
  if (before.owner === usernameOf(ctx.actor)) return;
  if (!isAllowed(ctx.actor, 'view.save_any')) throw new ForbiddenError('view.save_any');
  if (patch.default === undefined) return;
  throw new ValidationError([{ pointer: '#/default', detail: 'is for the owner of the view to say' }]);
}
