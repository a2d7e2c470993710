import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventStream } from '../../src/live/event-stream.ts';

const message = (cursor: number, text = '') => JSON.stringify({ cursor, text });

/** A stream, its reader, and the socket of the hub. */
function streaming() {
  const { 0: ours, 1: hub } = new WebSocketPair();
  hub.accept();
  const closed = new Promise<number>((done) => hub.addEventListener('close', ({ code }) => done(code)));
  const said: unknown[] = [];
  hub.addEventListener('message', ({ data }) => said.push(data));
  return { hub, closed, said, body: eventStream(ours) };
}

async function read(body: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(body).text();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('gives each message with its cursor as id, and says how it ended', async () => {
  const { hub, body } = streaming();
  hub.send(message(7));
  hub.send(message(8));
  hub.close(4408, 'an hour is over');
  expect(await read(body)).toBe(
    `id: 7\ndata: ${message(7)}\n\nid: 8\ndata: ${message(8)}\n\n` +
      'event: close\ndata: {"code":4408,"reason":"an hour is over"}\n\n',
  );
});

it('beats every 15 seconds towards both sides, and keeps the pong to itself', async () => {
  const { hub, said, body } = streaming();
  vi.advanceTimersByTime(30_000);
  await vi.waitUntil(() => said.length === 2);
  hub.send('pong');
  hub.close(4401, '');
  expect(said).toEqual(['ping', 'ping']);
  expect(await read(body)).toBe(':\n\n:\n\nevent: close\ndata: {"code":4401,"reason":""}\n\n');
});

it('ends when 4 MiB wait for a client that does not read, and closes its socket', async () => {
  const { hub, closed, body } = streaming();
  for (let cursor = 1; cursor <= 5; cursor++) hub.send(message(cursor, 'x'.repeat(1024 * 1024)));
  expect(await closed).toBe(1000);
  const text = await read(body);
  expect([...text.matchAll(/^id: (\d)$/gm)].map(([, id]) => id)).toEqual(['1', '2', '3', '4']);
  expect(text).toMatch(/event: close\ndata: {"code":4429,"reason":"reads too slowly"}\n\n$/);
});

it('closes its socket when the client goes away', async () => {
  const { hub, closed, said, body } = streaming();
  await body.cancel();
  expect(await closed).toBe(1000);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
  expect(hub.readyState).not.toBe(WebSocket.OPEN);
});
