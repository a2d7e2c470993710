import { eq, or, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Context } from '../core/context.ts';
import { isAllowed } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import { savedViews } from './table.ts';

type Columns = { owner: SQLiteColumn; shared: SQLiteColumn };

/** The condition that a view is theirs who ask, or shared. What others keep to themselves does not exist. */
export function isVisible(ctx: Context, { owner, shared }: Columns = savedViews): SQL | undefined {
  return or(eq(owner, requirePerson(ctx).username), eq(shared, true));
}

/** The condition that they may change it: it is theirs, or shared and they are an admin. */
export function isChangeable(ctx: Context): SQL | undefined {
  const isTheirs = eq(savedViews.owner, requirePerson(ctx).username);
  return isAllowed(ctx.actor, 'view.save_any') ? isVisible(ctx) : isTheirs;
}
