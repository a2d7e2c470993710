import { z } from '@hono/zod-openapi';
import { FACET_VALUES, FACET_WINDOW } from '../db/facets.ts';

type Order = 'limit' | 'page' | 'cursor' | 'sort_by' | 'sort_order';

/** What facets can be asked for: the filters of their list. */
export function facetQueryOf<Shape extends Record<Order, z.ZodType>>({ shape }: { shape: Shape }) {
  const { limit, page, cursor, sort_by, sort_order, ...filters } = shape;
  return z.strictObject(filters);
}

const values = z.array(
  z.strictObject({
    value: z.string().nullable().openapi({ description: 'Null: nobody.' }),
    count: z.number().int(),
  }),
);

/** The body of facets of these names. */
export function facetsOf<const Names extends readonly string[]>(names: Names) {
  const each = Object.fromEntries(names.map((name) => [name, values])) as Record<Names[number], typeof values>;
  return z.strictObject({
    matching: z.number().int().openapi({ description: 'How many match.' }),
    complete: z.boolean().openapi({
      description: `False when only the newest ${FACET_WINDOW.toLocaleString('en')} along the index were looked at.`,
    }),
    facets: z
      .strictObject(each)
      .openapi({ description: `The most frequent values first, ${FACET_VALUES} of each at most.` }),
  });
}
