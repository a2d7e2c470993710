import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { createHash } from 'node:crypto';
import worker from '../../src/index.ts';
import { call, expectStatus, type Options } from './client.ts';
import { withOwnSessions } from './own-sessions.ts';
import { callWith } from './worker.ts';

export const MAX_BYTES = 26_214_400;

/** So many bytes that no signature, no text and no repetition is in. */
export function noise(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = 0x9e3779b9;
  for (let at = 1; at < size; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

type File = { bytes: Uint8Array | string; filename?: string };

/** What `call` needs to send a file as it is. */
export function raw({ bytes, filename }: File): Options & { query: string } {
  const query = filename === undefined ? '' : `?filename=${encodeURIComponent(filename)}`;
  return { body: bytes, headers: { 'Content-Type': 'application/octet-stream' }, query };
}

type Part = { name: string; filename?: string | undefined; bytes: Uint8Array | string };

/** What `call` needs to send a form of these parts. */
export function form(...parts: Part[]): Options & { query: string } {
  const boundary = 'xX-boundary-Xx';
  const encoder = new TextEncoder();
  const pieces = parts.flatMap(({ name, filename, bytes }) => {
    const named = filename === undefined ? '' : `; filename="${filename}"`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${named}\r\n\r\n`;
    return [encoder.encode(head), typeof bytes === 'string' ? encoder.encode(bytes) : bytes, encoder.encode('\r\n')];
  });
  const all = [...pieces, encoder.encode(`--${boundary}--\r\n`)];
  const body = new Uint8Array(all.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of all) {
    body.set(piece, at);
    at += piece.byteLength;
  }
  return { body, headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` }, query: '' };
}

type Packed = ReturnType<typeof raw>;

/** Sends a file, as `raw` or `form` has packed it, to an incident. */
export async function upload(token: string, incident: number, packed: Packed): Promise<Response> {
  const { query, ...options } = packed;
  return call('POST', `/api/v1/incidents/${incident}/evidence${query}`, { token, ...options });
}

/** The same with other bindings. Nothing says how long the body is. */
export async function uploadWith(
  bindings: Partial<Env>,
  { token, incident, packed }: { token: string; incident: number; packed: Packed },
): Promise<Response> {
  const { query, ...options } = packed;
  return callWith('POST', `/api/v1/incidents/${incident}/evidence${query}`, { token, ...options, bindings });
}

type Streamed = { token: string; incident: number; body: ReadableStream; type?: string; bindings?: Partial<Env> };

/** Sends a body that is made while it is read. */
export async function uploadStream({ token, incident, body, type, bindings }: Streamed): Promise<Response> {
  const execution = createExecutionContext();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': type ?? 'application/octet-stream' };
  const url = `https://edge.example/api/v1/incidents/${incident}/evidence`;
  const request = new Request(url, { method: 'POST', headers, body });
  const response = await worker.fetch(request, { ...env, ...bindings }, execution);
  await waitOnExecutionContext(execution);
  return response;
}

/** A stored file of an incident. */
export async function added(token: string, incident: number, file: File = { bytes: 'a line\n', filename: 'a.log' }) {
  return expectStatus(await upload(token, incident, raw(file)), 201);
}

/** Everything that is stored of evidence: the states of its rows, and the keys of its objects. */
export async function stored(): Promise<{ states: string[]; keys: string[] }> {
  const { results } = await env.DB.prepare('SELECT state FROM evidence ORDER BY id').all<{ state: string }>();
  const { objects } = await env.EVIDENCE.list({ prefix: 'evidence/' });
  return { states: results.map(({ state }) => state), keys: objects.map(({ key }) => key) };
}

/** The bucket, with some of its methods replaced. */
export function bucketWith(methods: Partial<Record<keyof R2Bucket, unknown>>): R2Bucket {
  return new Proxy(env.EVIDENCE, {
    get: (bucket, name) => Reflect.get(methods, name) ?? Reflect.get(bucket, name).bind(bucket),
  });
}

/** A method of the bucket that fails. */
export function failing(): Promise<never> {
  return Promise.reject(new Error('We encountered an internal error. Please try again. (10001)'));
}

/** The database, failing in statements that match. */
export function dbFailingAt(pattern: RegExp): D1Database {
  const fail = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'));
  const broken = { bind: () => broken, all: fail, run: fail, raw: fail, first: fail } as unknown as D1PreparedStatement;
  const prepare = (sql: string) => (pattern.test(sql) ? broken : env.DB.prepare(sql));
  const batch = <T>(statements: D1PreparedStatement[]) =>
    statements.includes(broken) ? fail() : env.DB.batch<T>(statements);
  return withOwnSessions({ prepare, batch });
}
