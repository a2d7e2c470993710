import { z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { COUNT_WINDOW, type Page, type Paging, type SortedCursor } from '../db/page.ts';
import { sortedCursor, writeCursor } from './cursor.ts';
import { oneOf, wholeNumber } from './fields.ts';
import type { AppEnv } from './router.ts';

const CURSOR = { type: 'string', description: 'The `next_cursor` of the page before, with the same filters.' } as const;

/** The parameters that every list takes beside its filters. `sortBy` is the whitelist of columns. */
export function pagingQuery<const SortBy extends readonly [string, ...string[]]>(sortBy: SortBy) {
  return {
    limit: wholeNumber
      .pipe(z.number().max(100, 'must be 1 to 100'))
      .default(20)
      .openapi({ type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'Rows on a page.' }),
    page: wholeNumber.optional().openapi({
      type: 'integer',
      minimum: 1,
      description: `Page number, with a \`total\`; reaches the first 10,000 rows. Not together with \`cursor\`.`,
    }),
    cursor: wholeNumber.optional().openapi(CURSOR),
    sort_by: oneOf(sortBy)
      .optional()
      .openapi({ description: `Default \`${sortBy[0]}\`.` }),
    sort_order: oneOf(['asc', 'desc'])
      .default('desc')
      .openapi({ default: 'desc', description: 'Down or up: by time, newest or oldest first.' }),
  };
}

/** The same for a list that can be sorted by several columns, of which the first is the order of ids. */
export function sortedPagingQuery<const SortBy extends readonly [string, ...string[]]>(sortBy: SortBy) {
  const cursor = z.union([wholeNumber, sortedCursor(sortBy)], { error: 'must be the next_cursor of a page before' });
  return { ...pagingQuery(sortBy), cursor: cursor.optional().openapi(CURSOR) };
}

type ListQuery = Partial<Paging<number | SortedCursor>> & { from?: Date | undefined; to?: Date | undefined };

/** Rules between parameters of a list query; pass it to `superRefine`. */
export function checkListQuery(
  { limit = 0, page, cursor, from, to }: ListQuery,
  refinement: z.core.$RefinementCtx,
): void {
  const refuse = (path: string, message: string) => refinement.addIssue({ code: 'custom', path: [path], message });
  if (page && cursor) refuse('page', 'must not be given together with cursor');
  if (page && page * limit > COUNT_WINDOW) refuse('page', `reaches ${COUNT_WINDOW} rows at most; go on with cursor`);
  if (from && to && from > to) refuse('from', 'must not be later than to');
}

/** The body of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item),
    next_cursor: z.string().nullable().openapi({ description: 'Where to go on; null at the end.' }),
    page: z.number().int().nullable(),
    limit: z.number().int(),
    total: z.number().int().nullable().openapi({ description: 'Only when `page` was given.' }),
    total_exact: z.boolean().nullable().openapi({ description: 'False when there was more than could be counted.' }),
  });
}

/** A page as it is answered, and its `Link: …; rel="next"` header. */
export function answerPage<Row, View>(
  c: HonoContext<AppEnv>,
  { found, limit, view }: { found: Page<Row, number | SortedCursor>; limit: number; view: (row: Row) => View },
) {
  const nextCursor = found.nextCursor === null ? null : writeCursor(found.nextCursor);
  if (nextCursor) {
    const next = new URL(c.req.url);
    next.searchParams.delete('page');
    next.searchParams.set('cursor', nextCursor);
    c.header('Link', `<${next.pathname}${next.search}>; rel="next"`);
  }
  return {
    data: found.rows.map(view),
    next_cursor: nextCursor,
    page: found.page,
    limit,
    total: found.total,
    total_exact: found.totalExact,
  };
}
