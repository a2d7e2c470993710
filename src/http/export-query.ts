import { z } from '@hono/zod-openapi';
import { oneOf } from './fields.ts';

type Paging = 'limit' | 'page' | 'cursor';

const format = oneOf(['ndjson', 'csv']).default('ndjson').openapi({ default: 'ndjson' });

/** What an export can be asked for: the filters and the order of its list, and a format, but no page. */
export function exportQueryOf<Shape extends Record<Paging, z.ZodType>>({ shape }: { shape: Shape }) {
  const { limit, page, cursor, ...filters } = shape;
  return z.strictObject({ format, ...filters });
}
