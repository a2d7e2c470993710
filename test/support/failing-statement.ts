import { env } from 'cloudflare:workers';
import { OVERLOADED } from './broken-db.ts';
import { withOwnSessions } from './own-sessions.ts';

/**
 * The database, overloaded at its n-th statement: what stands before it in the same batch is undone by D1 itself.
 * `executed` is the SQL of all that it was asked.
 */
export function dbFailingAtStatement(n: number): { db: D1Database; executed: string[] } {
  const executed: string[] = [];
  const isNext = (sql: string) => executed.push(sql) === n;
  const originals = new WeakMap<object, { statement: D1PreparedStatement; sql: string }>();
  const refuse = () => Promise.reject(new Error(OVERLOADED));

  function failing(statement: D1PreparedStatement, sql: string): D1PreparedStatement {
    const wrapper = {
      bind: (...values: unknown[]) => failing(statement.bind(...values), sql),
      all: () => (isNext(sql) ? refuse() : statement.all()),
      run: () => (isNext(sql) ? refuse() : statement.run()),
      raw: () => (isNext(sql) ? refuse() : statement.raw()),
      first: () => (isNext(sql) ? refuse() : statement.first()),
    } as unknown as D1PreparedStatement;
    originals.set(wrapper, { statement, sql });
    return wrapper;
  }

  // SQLite notices only when it gets there.
  const broken = env.DB.prepare("SELECT json('zebra')");
  function batch<T>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]> {
    const real = statements.map((wrapper) => {
      const { statement = wrapper, sql = '' } = originals.get(wrapper) ?? {};
      return isNext(sql) ? broken : statement;
    });
    return env.DB.batch<T>(real).catch((error) => (real.includes(broken) ? refuse() : Promise.reject(error)));
  }
  return { db: withOwnSessions({ prepare: (sql) => failing(env.DB.prepare(sql), sql), batch }), executed };
}

const TABLES = `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
  AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf%' AND name NOT LIKE '%_search_%'`;

/** Every row of every table. */
export async function everyRow(): Promise<unknown[][]> {
  const { results } = await env.DB.prepare(TABLES).all<{ name: string }>();
  const tables = await env.DB.batch(results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)));
  return tables.map((table) => table.results);
}
