import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';

export type Db = DrizzleD1Database;

/** Drizzle over the D1 binding. Tables are imported where they are used, so no schema is passed. */
export function database(binding: D1Database): Db {
  return drizzle(binding);
}
