import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import worker from '../../src/index.ts';
import { call, expectStatus } from '../support/client.ts';
import { opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';

const KB = 1_024;

let admin: string;
let incident: number;
beforeAll(async () => {
  admin = await signedIn('admin');
  incident = (await opened(admin)).id;
});

type Sending = { path: string; type: string; chunk: Uint8Array; headers?: Record<string, string> };

/** Sends a body that says nothing of its length and never ends; the answer, and how much of it was read. */
async function sendEndlessly({ path, type, chunk, headers = {} }: Sending) {
  let read = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        // Who would read for ever is stopped at last, and fails the test.
        if (read > 200 * KB * KB) return controller.error(new Error('read for ever'));
        read += chunk.byteLength;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request(`https://edge.example/api/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${admin}`, 'Content-Type': type, ...headers },
    body,
  });
  expect(request.headers.has('Content-Length')).toBe(false);
  const execution = createExecutionContext();
  const response = await worker.fetch(request, env, execution);
  await waitOnExecutionContext(execution);
  return { response, read };
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

const JSON_TYPE = 'application/json';
const SPACES = new Uint8Array(16 * KB).fill(0x20);

describe('a body without a length and without an end is read up to its cap and refused with 413', () => {
  it.each([
    ['an event', '/events', JSON_TYPE, 64 * KB],
    ['a sign-in', '/token', JSON_TYPE, 64 * KB],
    ['an incident', '/incidents', JSON_TYPE, 64 * KB],
    ['many alerts', '/alerts/bulk', JSON_TYPE, 64 * KB],
    ['a batch in JSON', '/events/batch', JSON_TYPE, 2_000_000],
    ['a batch in NDJSON', '/events/batch', 'application/x-ndjson', 2_000_000],
    ['an import', '/incidents/import', 'text/csv', 1_000_000],
  ])('%s', async (_, path, type, cap) => {
    const { response, read } = await sendEndlessly({ path, type, chunk: SPACES });
    expect((await expectStatus(response, 413)).type).toBe('/problems#too_large');
    expect(read).toBeGreaterThan(cap);
    expect(read).toBeLessThanOrEqual(cap + 2 * SPACES.byteLength);
  });

  it('evidence, of which nothing stays', async () => {
    const path = `/incidents/${incident}/evidence?filename=x.bin`;
    const chunk = crypto.getRandomValues(new Uint8Array(64 * KB));
    const { response, read } = await sendEndlessly({ path, type: 'application/octet-stream', chunk });
    await expectStatus(response, 413);
    expect(read).toBeLessThan(32 * KB * KB);
    const listed = await call('GET', `/api/v1/incidents/${incident}/evidence`, { token: admin });
    expect((await expectStatus(listed, 200)).data).toEqual([]);
    expect((await env.EVIDENCE.list({ prefix: 'evidence/' })).objects).toEqual([]);
  });

  it('a gzip, by its packed size before it is unpacked', async () => {
    const chunk = await gzip(new Uint8Array(KB * KB).fill(0x20));
    const headers = { 'Content-Encoding': 'gzip' };
    const { response, read } = await sendEndlessly({ path: '/events/batch', type: JSON_TYPE, chunk, headers });
    await expectStatus(response, 413);
    expect(read).toBeLessThanOrEqual(2_000_000 + chunk.byteLength);
  });
});
