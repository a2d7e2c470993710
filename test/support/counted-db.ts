/** What D1 was asked: calls over the network, statements in them, and the rows that D1 would bill. */
export type Cost = { calls: number; statements: number; rowsRead: number; rowsWritten: number };

type Result = { meta: D1Meta };

/** The binding, counting. `cost` grows; `reset` starts again from zero. */
export function countedDb(db: D1Database): { db: D1Database; cost: Cost; reset: () => void } {
  const cost: Cost = { calls: 0, statements: 0, rowsRead: 0, rowsWritten: 0 };
  const originals = new WeakMap<object, D1PreparedStatement>();

  function add(results: Result[]): void {
    cost.calls += 1;
    cost.statements += results.length;
    for (const { meta } of results) {
      cost.rowsRead += meta.rows_read;
      cost.rowsWritten += meta.rows_written;
    }
  }

  function counted(statement: D1PreparedStatement, sql: string): D1PreparedStatement {
    const all = async () => {
      const result = await statement.all();
      add([result]);
      return result;
    };
    // `raw` and `first` answer without a meta. A SELECT may run once more for it; its rows keep equal column names.
    const raw = async () => {
      if (!/^\s*(select|\(select|with)\b/i.test(sql)) {
        return (await all()).results.map((row) => Object.values(row));
      }
      await all();
      return statement.raw();
    };
    const first = async () => (await all()).results[0] ?? null;
    const bind = (...values: unknown[]) => counted(statement.bind(...values), sql);
    const wrapper = { bind, all, run: all, raw, first } as unknown as D1PreparedStatement;
    originals.set(wrapper, statement);
    return wrapper;
  }

  const counting = (target: D1Database | D1DatabaseSession) => ({
    prepare: (sql: string) => counted(target.prepare(sql), sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await target.batch(statements.map((statement) => originals.get(statement) ?? statement));
      add(results);
      return results;
    },
  });

  const withSession = (start: string) => {
    const session = db.withSession(start);
    return { ...counting(session), getBookmark: () => session.getBookmark() };
  };
  const exec = () => Promise.reject(new Error('exec tells nothing about rows'));
  const wrapped = { ...counting(db), withSession, exec } as unknown as D1Database;

  return {
    db: wrapped,
    cost,
    reset: () => Object.assign(cost, { calls: 0, statements: 0, rowsRead: 0, rowsWritten: 0 }),
  };
}
