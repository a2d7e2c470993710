import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { call, expectStatus } from '../support/client.ts';
import { breaches, resolved, type Schema } from '../support/conforms.ts';
import { posted, raised } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

type Content = { content?: Record<string, { schema: Schema }> };
type Parameter = { name: string; in: string; schema: Schema; example?: unknown };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content & { headers?: Record<string, unknown> }>;
};
type Listed = Operation & { method: string; path: string };

const document = await expectStatus(await call('GET', '/openapi.json'), 200);
const schemas: Record<string, Schema> = document.components.schemas;
const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]): Listed => ({ ...operation, method: method.toUpperCase(), path })),
);

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

/** A new thing of the kind that the path is about; its id goes into the path. */
async function freshId(path: string): Promise<number> {
  if (path.startsWith('/events/')) return (await posted(admin)).id;
  if (path.startsWith('/alerts/')) return (await raised(admin)).id;
  if (path.startsWith('/sensors/')) {
    const add = await call('POST', '/api/v1/sensors', { token: admin, body: { name: crypto.randomUUID() } });
    return (await expectStatus(add, 201)).id;
  }
  throw new Error(`what is ${path} about? Say here how to make one.`);
}

/** What else must be there before an example can be executed as it is. */
const PRECONDITIONS: Record<string, (body: { refresh: string }) => Promise<unknown>> = {
  refreshToken: ({ refresh }) => {
    const [family = '', secret = ''] = refresh.split('.');
    const columns = 'user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at';
    return env.DB.prepare(`INSERT INTO sessions (${columns}) VALUES (1, ?, ?, 0, 0, ?)`)
      .bind(sha256(family), sha256(secret), Date.now() + 60_000)
      .run();
  },
};

/** The example of a JSON body, wherever the document keeps it. */
function exampleOf({ requestBody }: Operation): unknown {
  const schema = requestBody?.content?.['application/json']?.schema;
  return schema && resolved(schema, schemas).example;
}

async function execute(operation: Listed, query = ''): Promise<Response> {
  const { method, path, operationId } = operation;
  const body = exampleOf(operation);
  await PRECONDITIONS[operationId]?.(body as { refresh: string });
  const target = path.includes('{id}') ? path.replace('{id}', String(await freshId(path))) : path;
  return call(method, `/api/v1${target}${query}`, { token: admin, body });
}

/** Checks that an answer is the documented success: its status, its headers, and every field of its body. */
async function expectDocumented(operation: Listed, response: Response): Promise<void> {
  const [status, documented] = Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
  const body: object | undefined = await expectStatus(response, Number(status));
  for (const name of Object.keys(documented?.headers ?? {})) {
    if (name !== 'Idempotency-Replayed') expect(response.headers.get(name)).not.toBeNull();
  }
  const schema = documented?.content?.['application/json']?.schema;
  expect(schema ? breaches(body, { schema, schemas }) : body).toEqual(schema ? [] : undefined);
}

describe('the example of every operation works as pasted', () => {
  it.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', async (_, operation) => {
    const takesJson = operation.requestBody?.content?.['application/json'];
    expect(Boolean(takesJson)).toBe(exampleOf(operation) !== undefined);
    await expectDocumented(operation, await execute(operation));
  });
});

/** Values that the document says a parameter may have: its example, each of its enumeration, or one of its type. */
function samples({ example, schema }: Parameter): unknown[] {
  const named: unknown[] = [example, schema.example, schema.default].filter((value) => value !== undefined);
  if (schema.enum) named.push(...schema.enum);
  if (named.length > 0) return named;
  if (schema.format === 'date-time') return [new Date().toISOString(), '2026-11-21T09:30:00%2B01:00'];
  return schema.type === 'integer' ? [schema.minimum ?? 1] : ['1'];
}

const queries = operations.flatMap((operation) =>
  (operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => [`${operation.operationId} ${parameter.name}`, operation, parameter] as const),
);

// Filters that are lists of words have no example of their own: any text of theirs must be one of these.
const WORDS: Record<string, string> = { severity: 'high,critical', event__severity: 'critical', status: 'open,ACK' };

describe('every parameter of a list works on its own', () => {
  it('and there are some', () => expect(queries.length).toBeGreaterThan(20));

  it.each(queries)('%s', async (_, operation, parameter) => {
    const word = WORDS[parameter.name];
    for (const value of word ? [word] : samples(parameter)) {
      await expectDocumented(operation, await execute(operation, `?${parameter.name}=${value}`));
    }
  });
});

describe('the document', () => {
  it('names every status that the API answers with', async () => {
    const answers: [string, number, Promise<Response>][] = [
      ['postEvent', 400, call('POST', '/api/v1/events', { token: admin, body: {} })],
      ['postEvent', 413, call('POST', '/api/v1/events', { token: admin, body: 'x'.repeat(70_000) })],
      [
        'postEvent',
        415,
        call('POST', '/api/v1/events', { token: admin, body: '', headers: { 'Content-Type': 'a/b' } }),
      ],
      ['getSelf', 401, call('GET', '/api/v1/auth/me')],
      ['getAlert', 404, call('GET', '/api/v1/alerts/999999', { token: admin })],
      ['login', 401, call('POST', '/api/v1/auth/login', { body: { username: 'x', password: 'y' } })],
    ];
    for (const [operationId, status, answer] of answers) {
      const problem = await expectStatus(await answer, status);
      const { responses } = operations.find((operation) => operation.operationId === operationId) as Listed;
      const schema = responses[status]?.content?.['application/problem+json']?.schema;
      expect(schema).toBeDefined();
      if (schema) expect(breaches(problem, { schema, schemas })).toEqual([]);
    }
  });
});
