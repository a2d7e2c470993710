import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

type Searched = Record<'source' | 'eventType' | 'description', SQLWrapper>;

/** Text in any of three columns, ignoring ASCII case. D1 limits LIKE patterns to 50 bytes; `instr` has no limit. */
export function containsText({ source, eventType, description }: Searched, search: string): SQL {
  const text = sql`lower(${source} || char(10) || ${eventType} || char(10) || ${description})`;
  return sql`instr(${text}, lower(${search})) > 0`;
}
