import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newSigningKey } from '../../scripts/local/signing-key.ts';
import { storedStatements, verified, whileTampered, writeRows } from '../support/audit-log.ts';
import { call } from '../support/client.ts';
import { signedIn } from '../support/people.ts';
import { callWith, runCron } from '../support/worker.ts';

const SEAL = '*/5 * * * *';
const INSERT = 'INSERT INTO audit_rows (id, timestamp, actor, action, target, request_id) VALUES';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  // Rows 1 to 30, 31 to 50 and 51 to 60 are sealed; 61 to 65 are not.
  for (const rows of [30, 20, 10]) {
    await writeRows(rows);
    await runCron(SEAL);
  }
  await writeRows(5);
});
afterEach(() => vi.restoreAllMocks());

const row = (id: number, at = Date.now()) => `${INSERT} (${id}, ${at}, 'user:mallory', 'test.write', 'thing', 'r')`;

/** Gives every row from `first` on the id that is `by` higher or lower. SQLite checks each row's new id at once. */
const renumber = (first: number, by: number) => [
  `UPDATE audit_rows SET id = -(id + ${by}) WHERE id >= ${first}`,
  'UPDATE audit_rows SET id = -id WHERE id < -1',
];

const swap = (a: number, b: number) => [
  `UPDATE audit_rows SET id = -1 WHERE id = ${a}`,
  `UPDATE audit_rows SET id = ${a} WHERE id = ${b}`,
  `UPDATE audit_rows SET id = ${b} WHERE id = -1`,
];

const fault = (kind: string, rows: number | string, sealed_as?: number) => ({
  kind,
  rows: `${rows}`,
  ...(sealed_as === undefined ? {} : { sealed_as }),
});

describe('the database', () => {
  it.each([
    ["UPDATE audit_rows SET actor = 'x' WHERE id = 3"],
    ["UPDATE audit_rows SET actor = 'x'"],
    ['UPDATE audit_rows SET id = 99 WHERE id = 3'],
    ['DELETE FROM audit_rows WHERE id = 65'],
    ['DELETE FROM audit_rows'],
    [row(3).replace('INSERT', 'INSERT OR REPLACE')],
    [row(65).replace('INSERT', 'REPLACE')],
    [row(3)],
    [row(67)],
    [row(0)],
    [row(-1)],
    [row(-7)],
    [`${row(3)} ON CONFLICT (id) DO UPDATE SET actor = 'x'`],
    ["UPDATE audit_seals SET digest = 'x'"],
    ['DELETE FROM audit_seals'],
    ['INSERT OR REPLACE INTO audit_seals SELECT * FROM audit_seals WHERE id = 1'],
    [
      "INSERT INTO audit_seals (id, first_id, last_id, previous_digest, digest, sealed_at) VALUES (-5, 99, 99, '', '', 0)",
    ],
  ])('refuses %s', async (statement) => {
    const before = await env.DB.prepare('SELECT * FROM audit_rows, audit_seals').all();
    await expect(env.DB.prepare(statement).run()).rejects.toThrow(/append-only|UNIQUE/);
    expect((await env.DB.prepare('SELECT * FROM audit_rows, audit_seals').all()).results).toEqual(before.results);
  });

  it('takes the next id, given or not', async () => {
    const [first, second] = [row(66), row(67).replace('(id, ', '(').replace('(67, ', '(')];
    await env.DB.batch([env.DB.prepare(first), env.DB.prepare(second)]);
    expect(await env.DB.prepare('SELECT max(id) FROM audit_rows').first('max(id)')).toBe(67);
  });
});

describe('an honest log', () => {
  it('verifies', async () => {
    expect(await verified(admin)).toEqual({
      status: 'ok',
      faults: [],
      verified_through: 60,
      unsealed_rows: 7,
      rows_checked: 67,
      calls: 1,
    });
  });

  it('verifies from any row on', async () => {
    for (const from of [2, 30, 31, 45, 60, 61, 66, 67, 68, 9_999]) {
      const response = await callWith('GET', `/api/v1/auditlogs/verify?from_id=${from}`, {
        token: admin,
        bindings: {},
      });
      expect(await response.json()).toMatchObject({ status: 'ok', verified_through: 60, next_from: null, faults: [] });
    }
  });
});

describe('tampering with rows', () => {
  it.each<[string, string[], object[]]>([
    ['changed', ["UPDATE audit_rows SET actor = 'user:mallory' WHERE id = 17"], [fault('changed', 17)]],
    ['changed: NULL for nothing', ["UPDATE audit_rows SET ip = '' WHERE id = 17"], [fault('changed', 17)]],
    ['changed: a time', ['UPDATE audit_rows SET timestamp = timestamp + 1 WHERE id = 31'], [fault('changed', 31)]],
    ['changed: no time', ["UPDATE audit_rows SET timestamp = 'never' WHERE id = 31"], [fault('changed', 31)]],
    ['changed: bytes', ["UPDATE audit_rows SET actor = x'00ff' WHERE id = 31"], [fault('changed', 31)]],
    ['changed: JSON', ["UPDATE audit_rows SET after = after || ' ' WHERE id = 60"], [fault('changed', 60)]],
    [
      'changed: no JSON',
      ["UPDATE audit_rows SET after = 'x' WHERE id IN (1, 60)"],
      [fault('changed', 1), fault('changed', 60)],
    ],
    ['changed: replaced', [row(17).replace('INSERT', 'INSERT OR REPLACE')], [fault('changed', 17)]],
    ['removed', ['DELETE FROM audit_rows WHERE id = 42'], [fault('removed', 42)]],
    ['removed: the first', ['DELETE FROM audit_rows WHERE id = 1'], [fault('removed', 1)]],
    ['removed: a whole seal', ['DELETE FROM audit_rows WHERE id BETWEEN 31 AND 50'], [fault('removed', '31-50')]],
    ['removed: across seals', ['DELETE FROM audit_rows WHERE id BETWEEN 29 AND 52'], [fault('removed', '29-52')]],
    ['removed: not sealed yet', ['DELETE FROM audit_rows WHERE id IN (62, 63)'], [fault('removed', '62-63')]],
    ['removed: everything sealed', ['DELETE FROM audit_rows WHERE id < 61'], [fault('removed', '1-60')]],
    [
      'removed and renumbered',
      ['DELETE FROM audit_rows WHERE id = 17', ...renumber(18, -1)],
      [fault('removed', 17), fault('reordered', '17-59', 18), fault('inserted', 60)],
    ],
    ['inserted', [...renumber(17, 1), row(17)], [fault('inserted', 17), fault('reordered', '18-61', 17)]],
    [
      'inserted: three',
      [...renumber(50, 3), row(50), row(51), row(52)],
      [fault('inserted', '50-52'), fault('reordered', '53-63', 50)],
    ],
    ['inserted: before the first', [row(0), row(-9)], [fault('inserted', -9), fault('inserted', 0)]],
    ['inserted: far behind', [row(5_000)], [fault('removed', '68-4999')]],
    ['inserted: dated back', [row(68, 1)], [fault('backdated', 68)]],
    [
      'changed: a date',
      ['UPDATE audit_rows SET timestamp = timestamp + 86400000 WHERE id = 31'],
      [fault('changed', 31)],
    ],
    ['reordered', swap(12, 13), [fault('reordered', 12, 13), fault('reordered', 13, 12)]],
    ['reordered: across seals', swap(5, 55), [fault('reordered', 5, 55), fault('reordered', 55, 5)]],
    [
      'all four',
      ["UPDATE audit_rows SET target = '' WHERE id = 2", 'DELETE FROM audit_rows WHERE id = 4', ...swap(6, 8), row(0)],
      [
        fault('inserted', 0),
        fault('changed', 2),
        fault('removed', 4),
        fault('reordered', 6, 8),
        fault('reordered', 8, 6),
      ],
    ],
  ])('is found and the row named: %s', async (_, statements, faults) => {
    await whileTampered(statements, async () => {
      expect(await verified(admin)).toMatchObject({ status: 'broken', faults });
      // The list must not hide or fail on what was stored.
      const list = await call('GET', '/api/v1/auditlogs?limit=100', { token: admin });
      expect(list.status).toBe(200);
    });
    expect((await verified(admin)).status).toBe('ok');
  });
});

describe('tampering with seals', () => {
  const zeros = '0'.repeat(64);
  it.each<[string, string[], object[]]>([
    ['one removed', ['DELETE FROM audit_seals WHERE first_id = 31'], [fault('seal_missing', '31-50')]],
    ['the last removed', ['DELETE FROM audit_seals WHERE first_id = 51'], [fault('seal_missing', '51-60')]],
    ['all removed', ['DELETE FROM audit_seals'], [fault('seal_missing', '1-60')]],
    [
      'digest rewritten',
      [`UPDATE audit_seals SET digest = '${zeros}' WHERE first_id = 31`],
      [fault('seal_changed', '31-50')],
    ],
    [
      'chain rewritten',
      [`UPDATE audit_seals SET previous_digest = '${zeros}' WHERE first_id = 51`],
      [fault('seal_changed', '51-60')],
    ],
    ['range rewritten', ['UPDATE audit_seals SET last_id = 65 WHERE first_id = 51'], [fault('seal_changed', '51-60')]],
    [
      'time rewritten',
      ["UPDATE audit_seals SET sealed_at = 'never' WHERE first_id = 51"],
      [fault('seal_changed', '51-60')],
    ],
    [
      'one inserted',
      [`INSERT INTO audit_seals VALUES (9, 40, 45, '${zeros}', '${zeros}', 0)`],
      [fault('statement_missing', '40-45')],
    ],
    [
      'one inserted at the end',
      [`INSERT INTO audit_seals VALUES (9, 61, 63, '${zeros}', '${zeros}', 0)`],
      [fault('seal_changed', '61-63')],
    ],
    [
      'rows and their seal',
      [
        "UPDATE audit_rows SET actor = 'user:mallory' WHERE id = 17",
        `UPDATE audit_seals SET digest = '${zeros}' WHERE first_id = 1`,
      ],
      [fault('seal_changed', '1-30'), fault('changed', 17)],
    ],
    [
      'one replaced',
      [`INSERT OR REPLACE INTO audit_seals VALUES (9, 1, 30, '${zeros}', '${zeros}', 0)`],
      [fault('seal_changed', '1-30')],
    ],
  ])('is found: %s', async (_, statements, faults) => {
    await whileTampered(statements, async () => {
      expect(await verified(admin)).toMatchObject({ status: 'broken', faults });
    });
  });
});

describe('tampering with the signed seals', () => {
  /** Replaces or removes the middle one while `check` runs. */
  async function whileForged(text: string | null, check: () => Promise<unknown>) {
    const [, middle] = await storedStatements();
    if (!middle) throw new Error('no statement');
    await (text === null ? env.EVIDENCE.delete(middle.key) : env.EVIDENCE.put(middle.key, text));
    await check();
    await env.EVIDENCE.put(middle.key, middle.text);
    expect((await verified(admin)).status).toBe('ok');
  }
  const middle = async () => JSON.parse((await storedStatements())[1]?.text ?? '');

  it('is found when one is removed', () =>
    whileForged(null, async () =>
      expect((await verified(admin)).faults).toEqual([fault('statement_missing', '31-50')]),
    ));

  it.each<[string, (statement: Record<string, unknown>) => unknown]>([
    ['garbage', () => 'x'],
    ['a changed row', ({ rows, ...rest }) => ({ ...rest, rows: (rows as string[]).toReversed() })],
    ['a changed digest', (statement) => ({ ...statement, digest: 'a'.repeat(64) })],
    ['other rows', (statement) => ({ ...statement, first_id: 32 })],
  ])('is found when one holds %s', async (_, forge) =>
    whileForged(JSON.stringify(forge(await middle())), async () =>
      expect((await verified(admin)).faults).toEqual([fault('signature', '31-50')]),
    ),
  );

  it('is found when all are signed by another key', async () => {
    const bindings = { AUDIT_SIGNING_KEY: newSigningKey() };
    const response = await callWith('GET', '/api/v1/auditlogs/verify', { token: admin, bindings });
    expect(await response.json()).toMatchObject({
      status: 'broken',
      faults: [{ kind: 'signature', first_id: 1, last_id: 60 }],
    });
  });

  it('a replaced key is still accepted for what it signed', async () => {
    const bindings = { AUDIT_SIGNING_KEY: `${newSigningKey()},${env.AUDIT_SIGNING_KEY}` };
    await runCron(SEAL, bindings);
    const response = await callWith('GET', '/api/v1/auditlogs/verify', { token: admin, bindings });
    const answer = await response.json<{ status: string; public_keys: string[] }>();
    expect(answer).toMatchObject({ status: 'ok', verified_through: 67 });
    expect(answer.public_keys.length).toBe(2);
  });
});
