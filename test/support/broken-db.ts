import { withOwnSessions } from './own-sessions.ts';

/** The message with which D1 refuses when it has too much to do. */
export const OVERLOADED = 'D1 DB is overloaded. Too many requests queued.';

/** A D1 of which every statement and batch fails with this message. */
export function brokenDb(message: string): D1Database {
  const fail = () => Promise.reject(new Error(message));
  const statement = { bind: () => statement, all: fail, run: fail, raw: fail, first: fail };
  return withOwnSessions({ prepare: () => statement as unknown as D1PreparedStatement, batch: fail });
}
