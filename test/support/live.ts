import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { call, expectStatus } from './client.ts';

/** A message of the live stream: a notice or a change. */
export type Message = {
  cursor: number;
  type: string;
  at?: string;
  actor?: string;
  subjects?: string[];
  changes?: Record<string, unknown>;
};

type Way = { token?: string | undefined; headers?: Record<string, string> };

/** A new ticket of this person. */
export async function ticketOf(token: string): Promise<string> {
  return (await expectStatus(await call('POST', '/api/v1/live/ticket', { token }), 201)).ticket;
}

/** Asks for a WebSocket, as a browser does when there is no token. */
export function askForSocket(query: string, { token, headers }: Way = {}): Promise<Response> {
  return call('GET', `/api/v1/live?${query}`, { token, headers: { Upgrade: 'websocket', ...headers } });
}

/** Asks for Server-Sent Events. */
export function askForEvents(query: string, { token, headers }: Way = {}): Promise<Response> {
  return call('GET', `/api/v1/live?${query}`, { token, headers: { Accept: 'text/event-stream', ...headers } });
}

/** Somebody who watches: what they were told so far, and how it ended. */
export class Watcher {
  readonly messages: Message[] = [];
  closed: { code: number } | undefined;
  readonly #close: () => unknown;

  protected constructor(close: () => unknown) {
    this.#close = close;
  }

  /** What was told after the notices. */
  get changes(): Message[] {
    return this.messages.filter(({ subjects }) => subjects);
  }

  /** Where to resume. */
  get cursor(): number {
    return this.messages.at(-1)?.cursor ?? 0;
  }

  /** Waits until so many changes were told. */
  async heard(count: number): Promise<Message[]> {
    await vi
      .waitUntil(() => this.changes.length >= count, { timeout: 5_000, interval: 5 })
      .catch(() => Promise.reject(new Error(`heard ${this.changes.length} changes instead of ${count}`)));
    return this.changes;
  }

  /** Waits for the end and answers its code. */
  async ended(): Promise<number> {
    return (await vi.waitUntil(() => this.closed, { timeout: 5_000, interval: 5 })).code;
  }

  leave(): void {
    this.#close();
  }
}

/** Somebody who watches by a WebSocket. */
export class SocketWatcher extends Watcher {
  readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    super(() => socket.close(1000));
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (data !== 'pong') this.messages.push(JSON.parse(String(data)));
    });
    socket.addEventListener('close', ({ code }) => {
      this.closed = { code };
    });
    socket.accept();
  }
}

/** Opens a WebSocket with a new ticket and waits for its first message. */
export async function watch(token: string, query = ''): Promise<SocketWatcher> {
  const response = await askForSocket(`ticket=${await ticketOf(token)}&${query}`);
  if (!response.webSocket) throw new Error(`no socket: ${response.status} ${await response.text()}`);
  const watcher = new SocketWatcher(response.webSocket);
  await vi.waitUntil(() => watcher.messages.length > 0, { timeout: 5_000, interval: 5 });
  return watcher;
}

/** Somebody who watches by Server-Sent Events. */
export class EventWatcher extends Watcher {
  constructor(body: ReadableStream<Uint8Array>) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    super(() => reader.cancel());
    void this.#read(reader);
  }

  async #read(reader: ReadableStreamDefaultReader<string>): Promise<void> {
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (text + value).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.#take(Object.fromEntries(event.split('\n').map(fieldOf)));
    }
  }

  #take({ event, id, data }: Record<string, string>): void {
    if (data === undefined) return;
    const message = JSON.parse(data);
    if (event === 'close') this.closed = message;
    else if (message.cursor === Number(id)) this.messages.push(message);
    else throw new Error(`the id ${id} is not the cursor ${message.cursor}`);
  }
}

function fieldOf(line: string): [string, string] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
}

/** Opens Server-Sent Events with a token and waits for the first one. */
export async function follow(token: string, headers: Record<string, string> = {}): Promise<EventWatcher> {
  const response = await askForEvents('', { token, headers });
  if (response.status !== 200 || !response.body) throw new Error(`no events: ${response.status}`);
  const watcher = new EventWatcher(response.body);
  await vi.waitUntil(() => watcher.messages.length > 0, { timeout: 5_000, interval: 5 });
  return watcher;
}

/** The ids of the audit rows after a cursor that a stream must tell, in their order. */
export async function loggedAfter(cursor: number): Promise<number[]> {
  const { results } = await env.DB.prepare(
    `SELECT id FROM audit_rows WHERE id > ? AND (action = 'alert.raise' OR target LIKE 'alert:%' OR target LIKE 'incident:%'
       OR target LIKE 'event:%' OR target LIKE 'silence:%') ORDER BY id`,
  )
    .bind(cursor)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Writes so many rows of changes straight into the audit log; nobody is poked. */
export async function fillLog(count: number, target = 'alert:1'): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO audit_rows (timestamp, actor, action, target, after, request_id)
     SELECT ?, 'user:somebody', 'alert.acknowledge', ?, '{"status":"acknowledged"}', 'request' FROM n`,
  )
    .bind(count, Date.now(), target)
    .run();
}
