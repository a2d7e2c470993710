import { env } from 'cloudflare:workers';
import { auditEvent } from '../../src/audit/audit.ts';
import type { Context } from '../../src/core/context.ts';
import { settingsOf } from '../../src/core/settings.ts';
import { database } from '../../src/db/client.ts';
import { call, expectStatus } from './client.ts';

/** The context of a cron, for operations and audit rows that a test calls by itself. */
export function cronContext(changes: Partial<Context> = {}): Context {
  return {
    db: database(env.DB),
    actor: { role: 'system', name: 'cron' },
    clock: () => new Date(),
    settings: settingsOf(env),
    requestId: crypto.randomUUID(),
    ip: '203.0.113.7',
    origin: { country: null, asn: null, colo: null },
    continent: null,
    enqueue: () => {},
    later: () => {},
    evidence: env.EVIDENCE,
    assets: env.ASSETS,
    email: undefined,
    ...changes,
  };
}

/** Writes this many audit rows, `concurrency` at once. */
export async function writeRows(count: number, concurrency = 1): Promise<void> {
  const ctx = cronContext();
  let written = 0;
  const writer = async () => {
    while (written < count) {
      written += 1;
      await auditEvent(ctx, {
        action: 'test.write',
        target: `thing:${written}`,
        after: { number: written, of: count },
      });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, writer));
}

type Answer = {
  status: string;
  next_from: number | null;
  faults: { kind: string; first_id: number; last_id: number; sealed_as: number | null }[];
};

/** What `/auditlogs/verify` says of the whole log, from one or several calls. */
export async function verified(token: string) {
  const calls: (Answer & { unsealed_rows: number; rows_checked: number; verified_through: number })[] = [];
  for (let from: number | null = 1; from !== null; from = calls.at(-1)?.next_from ?? null) {
    calls.push(await expectStatus(await call('GET', `/api/v1/auditlogs/verify?from_id=${from}`, { token }), 200));
  }
  const faults = calls.flatMap((answer) => answer.faults);
  const sum = (name: 'unsealed_rows' | 'rows_checked') => calls.reduce((total, answer) => total + answer[name], 0);
  return {
    status: calls.every(({ status }) => status === 'ok') ? 'ok' : 'broken',
    faults: faults.map(({ kind, first_id, last_id, sealed_as }) => ({
      kind,
      rows: first_id === last_id ? `${first_id}` : `${first_id}-${last_id}`,
      ...(sealed_as === null ? {} : { sealed_as }),
    })),
    verified_through: calls.at(-1)?.verified_through,
    unsealed_rows: sum('unsealed_rows'),
    rows_checked: sum('rows_checked'),
    calls: calls.length,
  };
}

const OF_THE_LOG = "type = 'trigger' AND tbl_name IN ('audit_rows', 'audit_seals')";

/** Runs SQL as somebody with the database in hand would, without the triggers; undoes it all after `check`. */
export async function whileTampered(statements: string[], check: () => Promise<unknown>): Promise<void> {
  const run = (sql: string[]) => env.DB.batch(sql.map((text) => env.DB.prepare(text)));
  const { results } = await env.DB.prepare(`SELECT name, sql FROM sqlite_master WHERE ${OF_THE_LOG}`).all<{
    name: string;
    sql: string;
  }>();
  const drop = results.map(({ name }) => `DROP TRIGGER ${name}`);
  const tables = ['audit_rows', 'audit_seals'];
  await run([...tables.map((table) => `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`), ...drop]);
  try {
    await run(statements);
    await check();
  } finally {
    const restore = tables.flatMap((table) => [
      `DELETE FROM ${table}`,
      `INSERT INTO ${table} SELECT * FROM kept_${table} ORDER BY id`,
      `DROP TABLE kept_${table}`,
    ]);
    await run([...restore, ...results.map(({ sql }) => sql)]);
  }
}

/** The signed seals, as they are kept in R2. */
export async function storedStatements(): Promise<{ key: string; text: string }[]> {
  const { objects } = await env.EVIDENCE.list({ prefix: 'audit/seals/' });
  return Promise.all(objects.map(async ({ key }) => ({ key, text: await textOf(key) })));
}

async function textOf(key: string): Promise<string> {
  const object = await env.EVIDENCE.get(key);
  return object?.text() ?? '';
}
