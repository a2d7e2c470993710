import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareRows, type Entry } from '../../src/audit/compare-rows.ts';
import { encodeValue, GENESIS, rangeDigest, rowHash, type StoredRow } from '../../src/audit/digest.ts';
import { ndjsonOf, rowOfLine } from '../../src/audit/export-line.ts';
import { summarize } from '../../src/audit/faults.ts';
import { isSigned, readSigningKeys, signStatement, statementSchema } from '../../src/audit/statement.ts';

const ROW: StoredRow = {
  id: 7,
  timestamp: 1_795_260_627_427,
  actor: 'user:zoë',
  action: 'alert.resolve',
  target: 'alert:3',
  before: '{"status":"open"}',
  after: null,
  ip: '',
  requestId: 'r-1',
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const digestOf = (rows: StoredRow[], previous = GENESIS) => {
  const range = rangeDigest(previous);
  for (const row of rows) range.add(row);
  return range.digest();
};

describe('the encoding of a row', () => {
  it.each([
    [null, 'n0:'],
    ['', 't0:'],
    ['abc', 't3:abc'],
    ['ë', 't2:ë'],
    [17, 'i2:17'],
    ['17', 't2:17'],
    [-1, 'i2:-1'],
    [9_007_199_254_740_993n, 'i16:9007199254740993'],
    [1.5, 'r3:1.5'],
    [new Uint8Array([1, 255]), 'b4:01ff'],
  ])('is exact about types: %s', (value, text) => {
    expect(encodeValue(value)).toBe(text);
  });

  const CONTENT = 'i13:1795260627427t9:user:zoët13:alert.resolvet7:alert:3t17:{"status":"open"}n0:t0:t3:r-1';

  it('is that of every column in order, and the digest is that of all rows after the digest before', () => {
    expect(rowHash(ROW)).toBe(sha256(`t21:edgewatch audit row 1${CONTENT}`).slice(0, 32));
    const range = `t22:edgewatch audit seal 1t64:${GENESIS}i1:7${CONTENT}i1:8${CONTENT}`;
    expect(digestOf([ROW, { ...ROW, id: 8 }])).toBe(sha256(range));
  });

  it.each<Partial<StoredRow>>([
    { timestamp: 1_795_260_627_428 },
    { actor: 'user:zoe' },
    { action: 'alert.resolv' },
    { action: 'alert.resolvea', target: 'lert:3' },
    { target: 'alert:4' },
    { before: '{"status": "open"}' },
    { before: null, after: ROW.before },
    { after: '' },
    { after: 'null' },
    { ip: null },
    { requestId: '' },
  ])('differs for %o', (change) => {
    const changed = { ...ROW, ...change };
    expect(rowHash(changed)).not.toBe(rowHash(ROW));
    expect(digestOf([changed])).not.toBe(digestOf([ROW]));
  });

  it('has the id in the digest and not in the hash of the row, so that a moved row is known again', () => {
    const moved = { ...ROW, id: 8 };
    expect(rowHash(moved)).toBe(rowHash(ROW));
    expect(digestOf([moved])).not.toBe(digestOf([ROW]));
    expect(digestOf([ROW], 'f'.repeat(64))).not.toBe(digestOf([ROW]));
  });
});

describe('a line of the export', () => {
  it.each<Partial<StoredRow>>([
    {},
    { before: null, after: '{}' },
    { before: '{"at":1795260627427.0}', after: '{"b":1,"a":{"10":1,"9":2}}' },
    { before: '{"n":9007199254740993}' },
    { before: '{"quote":"\\u0001 \\"x\\" \\/ é"}' },
    { before: '' },
    { before: 'not JSON\n' },
    { before: '[1]' },
    { ip: null },
  ])('holds the row whole: %o', (change) => {
    const row = { ...ROW, ...change };
    const line = ndjsonOf(row);
    expect(line.match(/\n/g)).toEqual(['\n']);
    const read = rowOfLine(line);
    if (row.before === '' || row.before === 'not JSON\n' || row.before === '[1]') {
      // No row of ours: it must not hash like one, and need not come back.
      expect(rowHash(read)).not.toBe(rowHash(ROW));
    } else expect(read).toEqual(row);
  });

  it('counts as its value where the stored text beside it contradicts it', () => {
    const line = JSON.parse(ndjsonOf({ ...ROW, before: '{"n":1.0}' }));
    expect(line).toMatchObject({ before: { n: 1 }, before_stored: '{"n":1.0}' });
    expect(rowOfLine(JSON.stringify({ ...line, before: { n: 2 } })).before).toBe('{"n":2}');
  });

  it.each(['', '{}', 'null', '{"id":1', '[]'])('must be one: %s', (line) => {
    expect(() => rowOfLine(line)).toThrow();
  });
});

const sealed = Array.from({ length: 10 }, (_, index): Entry => ({ id: index + 1, hash: `hash-${index + 1}` }));

function compare(found: Entry[], sides: { sealedTo?: number; unknown?: { firstId: number; lastId: number }[] } = {}) {
  return summarize(compareRows({ sealed, found, sealedTo: 10, unknown: [], ...sides })).map(
    ({ kind, firstId, lastId, sealedAs }) => [kind, firstId, lastId, ...(sealedAs === undefined ? [] : [sealedAs])],
  );
}

const without = (id: number) => sealed.filter((entry) => entry.id !== id);
const other = (id: number): Entry => ({ id, hash: 'other' });
const renumbered = (rows: Entry[]) => rows.map(({ hash }, index) => ({ id: index + 1, hash }));

describe('rows compared with their seal', () => {
  it.each<[string, Entry[], unknown[][]]>([
    ['nothing', sealed, []],
    ['a changed row', [...without(4), other(4)], [['changed', 4, 4]]],
    ['a removed row', without(4), [['removed', 4, 4]]],
    ['removed neighbours', sealed.slice(0, 7), [['removed', 8, 10]]],
    ['a row before the first', [other(0), ...sealed], [['inserted', 0, 0]]],
    ['the same id twice', [...sealed, other(4)], [['inserted', 4, 4]]],
    ['the same row twice', [...sealed, { id: 4, hash: 'hash-4' }], [['inserted', 4, 4]]],
    [
      'two rows that changed places',
      [...without(4).filter(({ id }) => id !== 9), { id: 4, hash: 'hash-9' }, { id: 9, hash: 'hash-4' }],
      [
        ['reordered', 4, 4, 9],
        ['reordered', 9, 9, 4],
      ],
    ],
    [
      'a row removed and the rest renumbered',
      renumbered(without(4)),
      [
        ['removed', 4, 4],
        ['reordered', 4, 9, 5],
      ],
    ],
    [
      'a row inserted and the rest renumbered',
      renumbered([...sealed.slice(0, 3), other(0), ...sealed.slice(3)]),
      [
        ['inserted', 4, 4],
        ['reordered', 5, 11, 4],
      ],
    ],
    ['a row behind the seals', [...sealed, other(11)], []],
  ])('name %s', (_, found, faults) => {
    expect(compare(found)).toEqual(faults);
  });

  it('leave rows alone of which no seal can be read', () => {
    expect(
      compare([...sealed, other(11), other(12)], { sealedTo: 12, unknown: [{ firstId: 11, lastId: 12 }] }),
    ).toEqual([]);
  });
});

const PKCS8 = '302e020100300506032b657004220420';
const SECRET = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const KEY = Buffer.from(PKCS8 + SECRET, 'hex').toString('base64');
const CLAIMS = {
  version: 1,
  first_id: 1,
  last_id: 2,
  previous_digest: GENESIS,
  digest: 'a'.repeat(64),
  sealed_at: '2026-11-21T09:30:00.000Z',
  rows: ['b'.repeat(32), 'c'.repeat(32)],
} as const;
const claims = { ...CLAIMS, rows: [...CLAIMS.rows] };

describe('a signed seal', () => {
  it('is good, and is not once any of its claims is another', async () => {
    const [key] = await readSigningKeys(KEY);
    if (!key) throw new Error('no key');
    const statement = await signStatement(claims, key);
    expect(statementSchema.parse(JSON.parse(JSON.stringify(statement)))).toEqual(statement);
    // The public key of RFC 8032, 7.1, test 1.
    expect(statement.public_key).toBe('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
    expect(await isSigned(statement)).toBe(true);
    const forged = [
      { first_id: 2 },
      { last_id: 3 },
      { previous_digest: 'd'.repeat(64) },
      { digest: 'd'.repeat(64) },
      { sealed_at: '2026-11-21T09:30:00.001Z' },
      { rows: claims.rows.toReversed() },
      { signature: statement.signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')) },
      { public_key: 'A'.repeat(43) },
    ];
    for (const change of forged) expect(await isSigned({ ...statement, ...change })).toBe(false);
  });

  it('is of the first key of the setting; the others are known', async () => {
    const keys = await readSigningKeys(`${KEY}, ${KEY}`);
    expect(keys.map(({ publicKey }) => publicKey)).toEqual(
      Array(2).fill('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'),
    );
    await expect(readSigningKeys('not a key')).rejects.toThrow();
  });
});
