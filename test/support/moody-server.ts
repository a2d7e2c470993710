import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** What the server does with a request: it hangs, cuts the connection before or after it stored, or answers a status. */
export type Mood = 'hang' | 'reset' | 'store and reset' | { status: number; retryAfter?: number };

type Stored = { external_id: string; severity: string; description: string };

/** A server that takes batches as Edgewatch does, once its moods are over. */
export type MoodyServer = {
  url: string;
  /** The events it stored, by their ids. */
  stored: Map<string, Stored>;
  /** When each request came, and how many events it brought. */
  requests: { at: number; events: number; authorization: string | undefined }[];
  stop: () => Promise<void>;
};

export async function startMoodyServer(moods: Mood[]): Promise<MoodyServer> {
  const stored: MoodyServer['stored'] = new Map();
  const requests: MoodyServer['requests'] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now();
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk);
    const lines = gunzipSync(Buffer.concat(body)).toString().split('\n').filter(Boolean);
    requests.push({ at, events: lines.length, authorization: request.headers.authorization });
    const mood = moods.shift();
    if (mood === 'hang') return;
    if (mood === 'reset') return void request.socket.destroy();
    if (typeof mood === 'object') {
      response.writeHead(mood.status, mood.retryAfter === undefined ? {} : { 'Retry-After': mood.retryAfter });
      return void response.end('{}');
    }
    const rejected = store(lines);
    if (mood === 'store and reset') return void request.socket.destroy();
    response.end(JSON.stringify({ accepted: lines.length - rejected.length, duplicates: 0, rejected }));
  }

  function store(lines: string[]): unknown[] {
    return lines.flatMap((line, index) => {
      const event: Stored = JSON.parse(line);
      if (event.severity === 'zebra') return [{ index, errors: [{ pointer: '#/severity', detail: 'is wrong' }] }];
      stored.set(event.external_id, event);
      return [];
    });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stored,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
