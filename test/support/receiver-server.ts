import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the receiver does with a request: it answers, so many bytes long, or never, or cuts the connection. */
export type Mood = 'hang' | 'reset' | { status: number; headers?: Record<string, string>; bytes?: number };

/** A request as the receiver saw it, and how many bytes of its answer were taken from it. */
export type Seen = { method: string; headers: Record<string, string>; body: string; taken: number };

type Inbox = { moods: Mood[]; seen: Seen[] };

const CHUNK = Buffer.alloc(64 * 1024, 'x');

/**
 * A real receiver on this machine, for tests inside workerd: each path under `/to/` is an inbox of its own. `PUT /moods/…`
 * says what it does with the requests to come, of which the last holds; without, it answers 200. `GET /seen/…` tells
 * what came. It resolves names, too: `PUT /names` says to what, `/dns-query` answers like DNS over HTTPS.
 */
export async function startReceiver(): Promise<{ url: string; stop: () => Promise<void> }> {
  const inboxes = new Map<string, Inbox>();
  const names = new Map<string, string[] | number>();
  const inboxOf = (name: string): Inbox => {
    const inbox = inboxes.get(name) ?? { moods: [], seen: [] };
    inboxes.set(name, inbox);
    return inbox;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://receiver');
    const [, what = '', name = ''] = url.pathname.split('/');
    const body = await textOf(request);
    const json = (value: unknown) => void response.end(JSON.stringify(value));
    if (what === 'moods') {
      inboxOf(name).moods = JSON.parse(body);
      return json({});
    }
    if (what === 'seen') return json(inboxOf(name).seen);
    if (what === 'names') {
      for (const [host, addresses] of Object.entries<string[] | number>(JSON.parse(body))) names.set(host, addresses);
      return json({});
    }
    if (what === 'dns-query') return json(resolved(names, url.searchParams));
    receive(inboxOf(name), { request, response, body });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const body: Buffer[] = [];
  for await (const chunk of request) body.push(chunk);
  return Buffer.concat(body).toString();
}

type Exchange = { request: IncomingMessage; response: ServerResponse; body: string };

function receive(inbox: Inbox, { request, response, body }: Exchange): void {
  const seen = { method: request.method ?? '', headers: request.headers as Record<string, string>, body, taken: 0 };
  inbox.seen.push(seen);
  const mood = (inbox.moods.length > 1 ? inbox.moods.shift() : inbox.moods[0]) ?? { status: 200 };
  if (mood === 'hang') return;
  if (mood === 'reset') return void request.socket.destroy();
  response.writeHead(mood.status, mood.headers);
  let left = mood.bytes ?? 2;
  const send = () => {
    while (left > 0) {
      const chunk = CHUNK.subarray(0, Math.min(left, CHUNK.length));
      left -= chunk.length;
      seen.taken += chunk.length;
      if (!response.write(chunk)) return void response.once('drain', send);
    }
    response.end();
  };
  send();
}

/** The answer of a resolver to a question, with an alias before the addresses, as real ones have it. */
function resolved(names: Map<string, string[] | number>, question: URLSearchParams) {
  const found = names.get(question.get('name') ?? '');
  if (found === undefined) return { Status: 3 };
  if (typeof found === 'number') return { Status: found };
  const type = question.get('type') === 'A' ? 1 : 28;
  const isAsked = (address: string) => address.includes(':') === (type === 28);
  const answers = found.filter(isAsked).map((data) => ({ name: 'alias.example.', type, TTL: 60, data }));
  return { Status: 0, Answer: [{ name: question.get('name'), type: 5, TTL: 60, data: 'alias.example.' }, ...answers] };
}
