import { eq, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import { MAX_VIEWS, type NewSavedView, type SavedView } from './contract.ts';
import { endDefault } from './end-default.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import { savedViews } from './table.ts';

/** Saves a view of a screen for the one who asks, a hundred at most. */
export async function createSavedView({ ctx, input }: Call<NewSavedView>): Promise<SavedView> {
  authorize(ctx.actor, 'view.save');
  const { screen, name, query } = input;
  const { username: owner } = requirePerson(ctx);
  const now = ctx.clock().getTime();
  const flags = { shared: Number(input.shared), isDefault: Number(input.default) };
  const values = { owner, screen, name, query, ...flags, createdAt: now, updatedAt: now };
  const hasRoom = sql`(SELECT count(*) FROM ${savedViews} WHERE ${eq(savedViews.owner, owner)}) < ${MAX_VIEWS}`;
  const [, , [view]] = await ctx.db
    .batch([
      ...endDefault(ctx, { owner, screen, where: input.default ? hasRoom : sql`FALSE` }),
      ctx.db
        .insert(savedViews)
        .select(selectInto(savedViews, { values, from: sql`WHERE ${hasRoom}` }))
        .returning(),
      auditInsert(ctx, {
        action: 'view.create',
        target: sql`'view:' || last_insert_rowid()`,
        after: { ...input },
      }),
    ])
    .catch(refuseTakenName);
  if (!view) throw new ConflictError(`You have ${MAX_VIEWS} views already.`);
  return view;
}
