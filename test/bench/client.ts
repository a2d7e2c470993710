import { Agent, request } from 'node:http';
import type { Asked } from './operations.ts';

export type Load = { requests: number; seconds: number; latencies: number[] };

type Answer = { status: number; text: string; ms: number };

/**
 * A plain keep-alive HTTP client, the same for every side. A latency runs from the moment a request is sent: nothing is
 * added for requests that might have been sent while the server was busy.
 */
export class Client {
  readonly #agent: Agent;
  readonly #port: number;
  readonly #token: string;

  constructor({ port, token, connections }: { port: number; token: string; connections: number }) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#port = port;
    this.#token = token;
  }

  /** Sends one request; a connection that the server closed meanwhile is opened again. */
  send(asked: Asked): Promise<Answer> {
    const started = performance.now();
    const { method, path, body } = asked;
    const headers: Record<string, string | number> = { Authorization: `Bearer ${this.#token}` };
    if (body !== undefined)
      Object.assign(headers, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent: this.#agent, host: '127.0.0.1', port: this.#port, method, path, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({ status: response.statusCode ?? 0, text, ms: performance.now() - started });
          });
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(this.send(asked));
        else reject(error);
      });
      sent.end(body);
    });
  }

  /** Sends one request that must succeed. */
  async get(asked: Asked): Promise<Answer> {
    const answer = await this.send(asked);
    if (answer.status >= 300)
      throw new Error(`${asked.method} ${asked.path} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    return answer;
  }

  close(): void {
    this.#agent.destroy();
  }
}

type Busy = { next: () => Asked; connections: number; ms: number };

/** So many requests at any moment, each sent when one before it was answered. */
export async function keepBusy(client: Client, { next, connections, ms }: Busy): Promise<Load> {
  const latencies: number[] = [];
  const started = performance.now();
  const end = started + ms;
  const one = async () => {
    while (performance.now() < end) latencies.push((await client.get(next())).ms);
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { requests: latencies.length, seconds: (performance.now() - started) / 1000, latencies };
}

type Paced = { next: () => Asked; perSecond: number; ms: number };

/** So many requests a second, whether or not those before were answered. */
export async function keepPace(client: Pick<Client, 'get'>, { next, perSecond, ms }: Paced): Promise<Load> {
  const latencies: number[] = [];
  const open: Promise<unknown>[] = [];
  const started = performance.now();
  for (let elapsed = 0; elapsed < ms; elapsed = performance.now() - started) {
    const due = Math.floor((elapsed / 1000) * perSecond);
    while (open.length < due) open.push(client.get(next()).then((answer) => latencies.push(answer.ms)));
    await new Promise((wake) => setTimeout(wake, 1));
  }
  await Promise.all(open);
  return { requests: latencies.length, seconds: (performance.now() - started) / 1000, latencies };
}
