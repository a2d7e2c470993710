import { withOwnSessions } from './own-sessions.ts';

const TABLES = ['events', 'sessions'];

/**
 * The binding beside a replica whose events and sessions are those of when it last caught up. It serves every session
 * that neither starts at the primary nor brings a bookmark that is newer than that.
 */
export function laggingDb(db: D1Database): { db: D1Database; catchUp: () => Promise<void> } {
  let caughtUpTo = '';

  const stale = (sql: string) => sql.replace(/\bfrom "(events|sessions)"/gi, 'from "stale_$1" AS "$1"');
  const prepare = (sql: string) => db.prepare(sql);
  const batch = <T>(statements: D1PreparedStatement[]) => db.batch<T>(statements);
  const replica = withOwnSessions({ prepare: (sql) => prepare(stale(sql)), batch });

  const withSession = (start: string) => {
    const isBehind = start === 'first-unconstrained' || (start !== 'first-primary' && start <= caughtUpTo);
    return isBehind ? replica.withSession() : db.withSession(start);
  };
  return {
    db: { prepare, batch, withSession } as unknown as D1Database,
    catchUp: async () => {
      const session = db.withSession('first-primary');
      const copy = TABLES.flatMap((table) => [
        `DROP TABLE IF EXISTS stale_${table}`,
        `CREATE TABLE stale_${table} AS SELECT * FROM ${table}`,
      ]);
      await session.batch(copy.map((sql) => session.prepare(sql)));
      caughtUpTo = session.getBookmark() ?? '';
    },
  };
}
