import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';

export type Db = DrizzleD1Database & { $client: D1Database };

/**
 * Drizzle over the D1 binding, which reads and writes at the primary, or over a session of it. Of either it uses
 * `prepare` and `batch`, though its type names only the binding. Tables are imported where they are used, so no schema
 * is passed.
 */
export function database(binding: D1Database | D1DatabaseSession): Db {
  return drizzle(binding as D1Database);
}
