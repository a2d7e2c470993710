import { and, eq, type SQL, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import type { SavedView } from './contract.ts';
import { savedViews } from './table.ts';

type Former = Pick<SavedView, 'owner' | 'screen'> & { where: SQL | undefined };

/**
 * The statements after which no view is the default of this person's screen, to stand before the one that makes another
 * the default; `where` says when. Unexecuted.
 */
export function endDefault(ctx: Context, { owner, screen, where: condition }: Former) {
  // An index serves it only in the words of the index.
  const isDefault = and(eq(savedViews.owner, owner), eq(savedViews.screen, screen), sql`is_default = 1`);
  const where = and(isDefault, condition);
  const set = { isDefault: false };
  const target = sql`'view:' || ${savedViews.id}`;
  return [
    auditChange(ctx, { table: savedViews, where, set, action: 'view.update', target }),
    ctx.db.update(savedViews).set(set).where(where),
  ] as const;
}
