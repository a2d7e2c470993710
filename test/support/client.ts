import { exports } from 'cloudflare:workers';

export type Options = {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  /** What Cloudflare says of the request; only `callWith` carries it. */
  cf?: Partial<IncomingRequestCfProperties>;
};

/** One request to the Worker, by its public surface. `body` is sent as JSON unless it is text or bytes. */
export async function call(method: string, path: string, options: Options = {}): Promise<Response> {
  return exports.default.fetch(requestTo(method, path, options));
}

/** The request that `call` sends. */
export function requestTo(method: string, path: string, { token, body, headers, cf }: Options = {}): Request {
  const raw = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
  return new Request(`https://edge.example${path}`, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    redirect: 'manual',
    ...(cf && { cf: cf as RequestInitCfProperties }),
  });
}

/** The JSON of a response, after its status was compared; the body is shown when it differs. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into every shape of body
export async function expectStatus(response: Response, status: number): Promise<any> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`expected ${status}, got ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
