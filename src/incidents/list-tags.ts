import { asc, desc, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { tagCounts } from './table.ts';
import type { TagQuery } from './tag-contract.ts';

const MAX_LISTED = 1_000;

/** The tags in use at work or in the archive, the most used first. */
export async function listTags({ ctx, input }: Call<TagQuery>): Promise<{ tag: string; incidents: number }[]> {
  authorize(ctx.actor, 'incident.read');
  const { tag, incidents } = tagCounts;
  return ctx.db
    .select({ tag, incidents })
    .from(tagCounts)
    .where(eq(tagCounts.shelf, input.archived ? 'archived' : 'active'))
    .orderBy(desc(incidents), asc(tag))
    .limit(MAX_LISTED);
}
