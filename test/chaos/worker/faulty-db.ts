import { OVERLOADED } from '../../support/broken-db.ts';
import { reach, strikes } from './orders.ts';

const LOST = 'D1_ERROR: Network connection lost.';

type Query = { sql: string; values: unknown[] };
type Wrapped = Query & { statement: D1PreparedStatement };

const known = new WeakMap<object, Wrapped>();

/** The database, with faults before and after each query, and kills while and after it runs. */
export function faultyDb(db: D1Database): D1Database {
  return {
    ...faultySession(db),
    withSession: (start?: string) => faultySession(db.withSession(start)),
  } as unknown as D1Database;
}

function faultySession(db: D1Database | D1DatabaseSession) {
  return {
    prepare: (sql: string) => wrap({ statement: db.prepare(sql), sql, values: [] }),
    batch: (statements: D1PreparedStatement[]) => {
      const all = statements.flatMap((statement) => known.get(statement) ?? []);
      const query = { sql: all[0]?.sql ?? '', values: [] };
      return perform(query, () => db.batch(all.map(({ statement }) => statement)));
    },
    getBookmark: () => ('getBookmark' in db ? db.getBookmark() : null),
  };
}

function wrap({ statement, sql, values }: Wrapped): D1PreparedStatement {
  const query = { sql, values };
  const wrapper = {
    bind: (...bound: unknown[]) => wrap({ statement: statement.bind(...bound), sql, values: bound }),
    all: () => perform(query, () => statement.all()),
    run: () => perform(query, () => statement.run()),
    raw: () => perform(query, () => statement.raw()),
    first: (...column: [string]) => perform(query, () => statement.first(...column)),
  } as unknown as D1PreparedStatement;
  known.set(wrapper, { statement, sql, values });
  return wrapper;
}

async function perform<Result>(query: Query, execute: () => Promise<Result>): Promise<Result> {
  if (await strikes('D1 down with R2 up')) throw new Error(LOST);
  if (await strikes('D1 overloaded')) throw new Error(OVERLOADED);
  if (await strikes('D1 lost before commit')) throw new Error(LOST);
  const isRaise = /^\s*insert into "?alerts"?/i.test(query.sql);
  const meanwhile = isRaise ? reach('kill mid-raise') : storesSeveral(query) ? reach('kill mid-batch') : undefined;
  const [result] = await Promise.all([execute(), meanwhile]);
  if (isRaise) await reach('kill before ack');
  if (await strikes('D1 lost after commit')) throw new Error(LOST);
  return result;
}

/** Whether a statement stores more than one event: its parameter is a JSON array of them. */
function storesSeveral({ sql, values }: Query): boolean {
  if (!/^\s*insert into "?events"?/i.test(sql)) return false;
  return values.some((value) => typeof value === 'string' && value.startsWith('[') && JSON.parse(value).length > 1);
}
