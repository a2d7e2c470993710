import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseFile } from '../support/local-database.ts';
import { type Product, startProduct } from '../support/product.ts';
import { token } from '../support/remote.ts';

const EXPORT = 'export.ndjson';
const SEALS = 'seals.ndjson';

let product: Product;
let files: string;
let database: string;
let publicKey: string;
let lines: string[];

const fire = () => fetch(`${product.url}/cdn-cgi/local/scheduled?cron=*/5+*+*+*+*`);

async function download(path: string, access: string): Promise<string> {
  const response = await fetch(`${product.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${access}` } });
  expect(response.status).toBe(200);
  return new TextDecoder().decode(await response.arrayBuffer());
}

async function addSensors(names: string[], access: string): Promise<void> {
  for (const name of names) {
    const response = await fetch(`${product.url}/api/v1/sensors`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${access}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(response.status).toBe(201);
  }
}

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'edgewatch-audit-'));
  product = await startProduct({ args: ['--no-demo'] });
  const access = await token(product);
  // Three seals, and rows behind them that have none yet.
  for (const wave of ['a', 'b', 'c']) {
    await addSensors(
      Array.from({ length: 10 }, (_, index) => `${wave}-${index}`),
      access,
    );
    await fire();
  }
  await writeFile(join(files, SEALS), await download('/auditlogs/seals', access));
  await writeFile(join(files, EXPORT), await download('/auditlogs/export', access));
  publicKey = JSON.parse(await download('/auditlogs/verify', access)).public_keys[0];
  await product.stop();
  lines = (await readFile(join(files, EXPORT), 'utf8')).trimEnd().split('\n');
  database = await databaseFile(product.state);
});

afterAll(async () => {
  await product.stop();
  await rm(product.state, { recursive: true });
  await rm(files, { recursive: true });
});

type Outcome = { code: number; output: string };

/** `npm run audit:verify` with these arguments; paths are those of the test's own folder. */
function verify(...args: string[]): Promise<Outcome> {
  const command = ['run', '-s', 'audit:verify', '--', ...args];
  return new Promise((resolve) => {
    execFile('npm', command, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const inFiles = (name: string) => join(files, name);

/** Verifies an export of which the lines were changed. */
async function verifyLines(changed: string[]): Promise<Outcome> {
  await writeFile(inFiles('changed.ndjson'), `${changed.join('\n')}\n`);
  return verify('--rows', inFiles('changed.ndjson'), '--seals', inFiles(SEALS), '--public-key', publicKey);
}

const drop = ['audit_rows', 'audit_seals'].flatMap((table) =>
  ['update', 'delete', 'replace'].map((what) => `DROP TRIGGER ${table}_no_${what}`),
);

/** A copy of the product's database, after these statements. */
async function tampered(statements: string[]): Promise<string> {
  const copy = inFiles(`${crypto.randomUUID()}.sqlite`);
  const original = new DatabaseSync(database);
  original.exec(`VACUUM INTO '${copy}'`);
  original.close();
  const changed = new DatabaseSync(copy);
  for (const statement of statements.length > 0 ? [...drop, ...statements] : []) changed.exec(statement);
  changed.close();
  return copy;
}

const swap = [
  'UPDATE audit_rows SET id = -7 WHERE id = 12',
  'UPDATE audit_rows SET id = 12 WHERE id = 25',
  'UPDATE audit_rows SET id = 25 WHERE id = -7',
];

const insert = [
  'UPDATE audit_rows SET id = -(id + 1) WHERE id >= 17',
  'UPDATE audit_rows SET id = -id WHERE id < 0',
  "INSERT INTO audit_rows (id, timestamp, actor, action, target, request_id) VALUES (17, 1, 'user:mallory', 'a', 'b', 'c')",
];

describe('the offline verifier, of an export', () => {
  it('finds nothing in an honest one, and says who signed', async () => {
    const { code, output } = await verifyLines(lines);
    expect(output).toContain('The audit log is whole.');
    expect(output).toContain(`Signed by ${publicKey}.`);
    expect(output).toMatch(/^\d+ rows and \d+ seals examined; sealed through row \d+, \d+ not sealed yet\.$/m);
    expect(code).toBe(0);
  });

  it('takes the seals as R2 holds them, a file each', async () => {
    await mkdir(inFiles('folder'));
    const seals = (await readFile(inFiles(SEALS), 'utf8')).trimEnd().split('\n');
    await Promise.all(seals.map((seal, index) => writeFile(inFiles(`folder/${index}.json`), seal)));
    expect(await verify('--rows', inFiles(EXPORT), '--seals', inFiles('folder'))).toMatchObject({ code: 0 });
  });

  it.each<[string, () => string[], string[]]>([
    [
      'changed',
      () => lines.with(16, lines[16]?.replace('"actor":"user:', '"actor":"user:x') ?? ''),
      ['changed: row 17:'],
    ],
    ['removed', () => lines.toSpliced(16, 1), ['removed: row 17:']],
    ['inserted', () => lines.toSpliced(16, 0, lines[16]?.replace('user:', 'user:x') ?? ''), ['inserted: row 17:']],
    [
      'reordered',
      () => lines.with(11, lines[24] ?? '').with(24, lines[11] ?? ''),
      ['reordered: row 12 stands in line 25'],
    ],
    ['unreadable', () => lines.with(16, '{}'), ['line 17 is not a row', 'removed: row 17:']],
  ])('names the row that was %s', async (_, change, faults) => {
    const { code, output } = await verifyLines(change());
    for (const fault of faults) expect(output).toContain(fault);
    expect(output).toContain('BROKEN');
    expect(code).toBe(1);
  });

  it('finds a seal that is forged, missing, or of another key', async () => {
    const seals = (await readFile(inFiles(SEALS), 'utf8')).trimEnd().split('\n');
    const forge = (text: string) =>
      text.replace(/"rows":\["(.)/, (_, digit) => `"rows":["${digit === '0' ? '1' : '0'}`);
    const withSeals = async (changed: string[], ...args: string[]) => {
      await writeFile(inFiles('changed-seals.ndjson'), `${changed.join('\n')}\n`);
      return verify('--rows', inFiles(EXPORT), '--seals', inFiles('changed-seals.ndjson'), ...args);
    };
    expect(await withSeals(seals.with(1, forge(seals[1] ?? '')))).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^signature: rows/m),
    });
    expect(await withSeals(seals.toSpliced(1, 1))).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^statement_missing: rows/m),
    });
    expect(await withSeals(seals, '--public-key', 'A'.repeat(43))).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^signature: rows 1 to/m),
    });
  });
});

describe('the offline verifier, of a database', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['changed', ["UPDATE audit_rows SET actor = 'user:mallory' WHERE id = 17"], ['changed: row 17:']],
    ['removed', ['DELETE FROM audit_rows WHERE id = 17'], ['removed: row 17:']],
    ['inserted', insert, ['inserted: row 17:', 'reordered: rows 18 to']],
    ['reordered', swap, ['reordered: row 12:', 'reordered: row 25:']],
    [
      'sealed anew',
      ['UPDATE audit_seals SET digest = previous_digest WHERE first_id = 1'],
      ['seal_changed: rows 1 to'],
    ],
    ['unsealed', ['DELETE FROM audit_seals WHERE first_id = 1'], ['seal_missing: rows 1 to']],
  ])('names what was %s', async (_, statements, faults) => {
    const file = await tampered(statements);
    const { code, output } = await verify('--database', file, '--seals', inFiles(SEALS), '--public-key', publicKey);
    for (const fault of faults) expect(output).toContain(fault);
    expect(output).toContain(faults.length === 0 ? 'is whole' : 'BROKEN');
    expect(code).toBe(faults.length === 0 ? 0 : 1);
  });

  it('says how it is used, and what it cannot read', async () => {
    expect((await verify('--help')).output).toContain('--seals PATH');
    expect(await verify('--seals', inFiles(SEALS))).toMatchObject({ code: 2 });
    expect(await verify('--database', inFiles('none.sqlite'), '--seals', inFiles(SEALS))).toMatchObject({ code: 2 });
  });
});

it('the product names the row, too, after its database was tampered with', async () => {
  const file = new DatabaseSync(database);
  for (const statement of [...drop, ...swap, "UPDATE audit_rows SET target = 'alert:9' WHERE id = 5"])
    file.exec(statement);
  file.close();
  product = await startProduct({ args: ['--no-demo'], state: product.state });
  const { status, faults } = JSON.parse(await download('/auditlogs/verify', await token(product)));
  expect(status).toBe('broken');
  expect(faults.map(({ kind, first_id, sealed_as }: Record<string, unknown>) => [kind, first_id, sealed_as])).toEqual([
    ['changed', 5, null],
    ['reordered', 12, 25],
    ['reordered', 25, 12],
  ]);
});
