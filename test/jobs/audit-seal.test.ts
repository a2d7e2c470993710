import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Statement } from '../../src/audit/statement.ts';
import { statementSchema } from '../../src/audit/statement.ts';
import { writeStatement } from '../../src/audit/statement-store.ts';
import { storedStatements, verified, whileTampered, writeRows } from '../support/audit-log.ts';
import { countedDb } from '../support/counted-db.ts';
import { signedIn } from '../support/people.ts';
import { runCron } from '../support/worker.ts';

const SEAL = '*/5 * * * *';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});
afterEach(() => vi.restoreAllMocks());

const seal = (bindings: Partial<Env> = {}) => runCron(SEAL, bindings);
const statements = async () => (await storedStatements()).map(({ text }) => statementSchema.parse(JSON.parse(text)));
const ranges = (all: Statement[]) => all.map(({ first_id, last_id }) => [first_id, last_id]);

async function seals() {
  const { results } = await env.DB.prepare('SELECT * FROM audit_seals ORDER BY id').all<Record<string, unknown>>();
  return results;
}

/** An R2 that can be read and not written. */
const fullBucket = new Proxy(env.EVIDENCE, {
  get: (bucket, name) =>
    name === 'put' ? () => Promise.reject(new Error('internal error')) : Reflect.get(bucket, name).bind(bucket),
});

/** Every statement continues the one before, and is what the database holds. */
async function expectOneChain() {
  const all = await statements();
  let last = { last_id: 0, digest: '0'.repeat(64) };
  for (const statement of all) {
    expect(statement).toMatchObject({ first_id: last.last_id + 1, previous_digest: last.digest });
    last = statement;
  }
  expect((await seals()).map(({ first_id, last_id, digest }) => [first_id, last_id, digest])).toEqual(
    all.map(({ first_id, last_id, digest }) => [first_id, last_id, digest]),
  );
  expect(await verified(admin)).toMatchObject({ status: 'ok', verified_through: last.last_id });
}

describe('sealing', () => {
  it('does nothing while the log is empty', async () => {
    await seal();
    expect([await seals(), await statements()]).toEqual([[], []]);
    expect(await verified(admin)).toMatchObject({ status: 'ok', verified_through: 0, unsealed_rows: 0 });
  });

  it('covers all new rows with one seal, and a quiet log with none', async () => {
    await writeRows(3);
    expect(await verified(admin)).toMatchObject({ status: 'ok', verified_through: 0, unsealed_rows: 3 });
    await seal();
    await seal();
    expect(ranges(await statements())).toEqual([[1, 3]]);
    await writeRows(2);
    await seal();
    expect(ranges(await statements())).toEqual([
      [1, 3],
      [4, 5],
    ]);
    await expectOneChain();
  });

  it('keeps each seal in R2, named by its rows', async () => {
    const [first] = await storedStatements();
    expect(first?.key).toBe('audit/seals/0000000000000001-0000000000000003.json');
    expect(JSON.parse(first?.text ?? '')).toEqual({
      version: 1,
      first_id: 1,
      last_id: 3,
      previous_digest: '0'.repeat(64),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      sealed_at: expect.stringMatching(/^\d{4}-.*Z$/),
      rows: Array.from({ length: 3 }, () => expect.stringMatching(/^[0-9a-f]{32}$/)),
      public_key: expect.stringMatching(/^[\w-]{43}$/),
      signature: expect.stringMatching(/^[\w-]{86}$/),
    });
  });

  it('never overwrites what was signed', async () => {
    const [before] = await storedStatements();
    const statement = statementSchema.parse(JSON.parse(before?.text ?? ''));
    await writeStatement({ evidence: env.EVIDENCE }, { ...statement, digest: 'f'.repeat(64) });
    expect((await storedStatements())[0]).toEqual(before);
  });

  it('makes one chain however many runs overlap', async () => {
    for (let round = 0; round < 5; round++) {
      await Promise.all([writeRows(40, 8), ...Array.from({ length: 6 }, () => seal())]);
    }
    await seal();
    await expectOneChain();
    expect((await verified(admin)).verified_through).toBe(205);
  });

  it('reads a row once and writes two per seal', async () => {
    await writeRows(700);
    const { db, cost } = countedDb(env.DB);
    await seal({ DB: db });
    expect(cost.rowsWritten).toBe(2);
    // The counting database runs each SELECT twice.
    expect(cost.rowsRead).toBeLessThan(2 * 720);
  });

  it('takes ranges of 5,000 rows', async () => {
    const before = (await statements()).length;
    const fill = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
      INSERT INTO audit_rows (timestamp, actor, action, target, request_id)
      SELECT ${Date.now()}, 'system:cron', 'test.fill', 'thing:' || i, 'request' FROM n`;
    await env.DB.prepare(fill).run();
    await seal();
    const sizes = (await statements()).slice(before).map(({ rows }) => rows.length);
    expect(sizes).toEqual([5_000, 5_000, 2_000]);
    await expectOneChain();
  });
});

describe('when R2 fails', () => {
  it('the run fails, seals nothing more, and the next one makes it good', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const sealed = (await statements()).length;
    await writeRows(4);
    await expect(seal({ EVIDENCE: fullBucket })).rejects.toThrow();
    await writeRows(4);
    await expect(seal({ EVIDENCE: fullBucket })).rejects.toThrow();
    expect([(await seals()).length, (await statements()).length]).toEqual([sealed + 1, sealed]);
    // The rows of the unsigned seal count as unsealed; nothing is wrong.
    expect(await verified(admin)).toMatchObject({ status: 'ok', unsealed_rows: 8 });
    await seal();
    expect((await statements()).length).toBe(sealed + 2);
    await expectOneChain();
  });

  it('rows that were changed before the seal was signed are not signed for', async () => {
    const errors = vi.spyOn(console, 'error').mockReturnValue();
    await writeRows(4);
    await expect(seal({ EVIDENCE: fullBucket })).rejects.toThrow();
    const before = await storedStatements();
    const [{ last_id } = {}] = (await seals()).slice(-1);
    await whileTampered([`UPDATE audit_rows SET actor = 'user:mallory' WHERE id = ${last_id}`], async () => {
      await seal();
      expect(await storedStatements()).toEqual(before);
      expect(errors.mock.calls.flat().join()).toContain('does not fit its rows');
      expect((await verified(admin)).faults).toEqual([expect.objectContaining({ kind: 'seal_changed' })]);
    });
    await seal();
    await expectOneChain();
  });
});

describe('after seals were removed from the database', () => {
  it('the chain goes on from the last signed one', async () => {
    const before = await statements();
    const last = before.at(-1)?.last_id ?? 0;
    await whileTampered(['DELETE FROM audit_seals'], async () => {
      await env.DB.prepare(
        "INSERT INTO audit_rows (timestamp, actor, action, target, request_id) VALUES (1, 'a', 'b', 'c', 'd')",
      ).run();
      await seal();
      const after = await statements();
      expect(ranges(after).slice(before.length)).toEqual([[last + 1, last + 1]]);
      expect(after.at(-1)?.previous_digest).toBe(before.at(-1)?.digest);
    });
  });
});
