import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { SCAN, storedEvents } from '../support/events.ts';
import { gzip, ndjson } from '../support/packing.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const NDJSON = { 'Content-Type': 'application/x-ndjson' };
const GZIP = { 'Content-Encoding': 'gzip' };
const MEGABYTE = 1024 * 1024;

/** Sends a batch that must be refused whole; answers the problem. */
async function refused(
  body: unknown,
  { status = 400, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
) {
  const before = await storedEvents();
  const response = await call('POST', '/api/v1/events/batch', { token: admin, body, headers });
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const problem = await expectStatus(response, status);
  expect(await storedEvents()).toBe(before);
  return problem;
}

const pointersOf = (problem: { errors: { pointer: string }[] }) => problem.errors.map(({ pointer }) => pointer);

const scans = (count: number) => Array.from({ length: count }, () => SCAN);

describe('a batch is refused whole, and nothing of it stored', () => {
  it('when it has 1,001 events, as JSON and as NDJSON', async () => {
    expect(pointersOf(await refused(scans(1_001)))).toEqual(['#/1000']);
    expect(pointersOf(await refused(ndjson(scans(1_001)), { headers: NDJSON }))).toEqual(['#/1000']);
  });

  it('when none of its events is good: each fault is named by its place', async () => {
    const problem = await refused([{ ...SCAN, severity: 'none' }, { ...SCAN, colour: 'red' }, 'text']);
    expect(pointersOf(problem)).toEqual(['#/0/severity', '#/1/colour', '#/2']);
  });

  it('when no line of it is JSON', async () => {
    expect(pointersOf(await refused('secret-text\n{"a":\n', { headers: NDJSON }))).toEqual(['#/0', '#/1']);
  });

  it('when a thousand events are bad, with an answer of bounded size', async () => {
    const problem = await refused(scans(1_000).map((event) => ({ ...event, severity: 'none' })));
    expect(problem.errors).toHaveLength(100);
  });

  it('when it is empty', async () => {
    expect(pointersOf(await refused([]))).toEqual(['#']);
    expect(pointersOf(await refused(''))).toEqual(['#']);
    expect(pointersOf(await refused('', { headers: NDJSON }))).toEqual(['#']);
    expect(pointersOf(await refused('\n \n', { headers: NDJSON }))).toEqual(['#']);
  });

  it('when it is an object or text instead of an array', async () => {
    expect(pointersOf(await refused(SCAN))).toEqual(['#']);
    expect(pointersOf(await refused('"text"'))).toEqual(['#']);
    expect(pointersOf(await refused('null'))).toEqual(['#']);
  });

  it('when it is broken JSON, without repeating it', async () => {
    const problem = await refused('[{"source":"zebra-7431"');
    expect(pointersOf(problem)).toEqual(['#']);
    expect(JSON.stringify(problem)).not.toContain('zebra');
  });

  it('when it says gzip and is not, or ends too soon', async () => {
    expect(pointersOf(await refused(JSON.stringify(scans(2)), { headers: GZIP }))).toEqual(['#']);
    const packed = await gzip(JSON.stringify(scans(200)));
    await refused(packed.slice(0, packed.length - 12), { headers: GZIP });
  });

  it('when its gzip holds no JSON', async () => {
    expect(pointersOf(await refused(await gzip('{'), { headers: GZIP }))).toEqual(['#']);
  });
});

describe('a batch is refused by its size or its kind', () => {
  it('when it has more than 2 MB', async () => {
    await refused(JSON.stringify(scans(2)).padEnd(2 * MEGABYTE), { status: 413 });
  });

  it('when it unpacks to more than 2 MB', async () => {
    const bomb = await gzip(new Uint8Array(50 * MEGABYTE));
    expect(bomb.byteLength).toBeLessThan(100_000);
    await refused(bomb, { status: 413, headers: GZIP });
  });

  it('when its events have more than 2 MB as they are stored', async () => {
    // Each number is sent in 4 characters and stored in 21.
    const numbers = Array.from({ length: 100 }, () => '1e20').join();
    const event = `{"source":"a","event_type":"b","severity":"low","attributes":{"n":[${numbers}]}}`;
    const body = `[${Array.from({ length: 1_000 }, () => event).join()}]`;
    expect(body.length).toBeLessThanOrEqual(1_000_000);
    await refused(body, { status: 413 });
  });

  it.each(['br', 'deflate', 'gzip, gzip', 'zstd'])('when it has the encoding %s', async (encoding) => {
    await refused(JSON.stringify(scans(1)), { status: 415, headers: { 'Content-Encoding': encoding } });
  });

  it.each(['text/csv', 'text/plain', 'application/xml', 'multipart/form-data'])('when it is %s', async (type) => {
    await refused(JSON.stringify(scans(1)), { status: 415, headers: { 'Content-Type': type } });
  });

  it('when it does not say what it is', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(scans(1)));
    await refused(bytes, { status: 415, headers: { 'Content-Type': '' } });
  });
});
