import { env } from 'cloudflare:workers';
import { TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { cheapHash } from '../support/cheap-hash.ts';
import { call, expectStatus } from '../support/client.ts';
import { breaches, resolved, type Schema } from '../support/conforms.ts';
import { posted, raised } from '../support/events.ts';
import { added } from '../support/evidence.ts';
import { act, opened } from '../support/incidents.ts';
import { accessToken, PASSWORD, person, sessionOf, signedIn } from '../support/people.ts';
import { inHours, nextSunday, silenceOf, windowIn, windowOf } from '../support/silences.ts';

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
  Object.entries(methods)
    .map(([method, operation]): Listed => ({ ...operation, method: method.toUpperCase(), path }))
    // What only leads elsewhere, to an issuer and back, is walked by sso.test.ts.
    .filter(({ responses }) => !Object.keys(responses).some((code) => code.startsWith('3'))),
);

let adminId: number;
beforeAll(async () => {
  adminId = (await person({ username: 'admin', role: 'admin' })).id;
});

/** The admin as the examples know them, whatever an earlier example did, and a token of a new session. */
async function freshAdmin(): Promise<string> {
  const reset = 'totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL';
  await env.DB.batch([
    env.DB.prepare(`UPDATE users SET password_hash = ?, ${reset} WHERE id = ?`).bind(cheapHash(PASSWORD), adminId),
    env.DB.prepare('DELETE FROM guesses'),
  ]);
  return accessToken({ sub: String(adminId), username: 'admin', role: 'admin', sid: await sessionOf(adminId) });
}

/** A new thing of the kind that the path is about; its id goes into the path. */
async function freshId(path: string, token: string): Promise<number> {
  const make = async (route: string, body: unknown) =>
    (await expectStatus(await call('POST', `/api/v1${route}`, { token, body }), 201)).id;
  if (path.startsWith('/events/cold-store/')) return coldObject();
  if (path.startsWith('/events/')) return (await posted(token)).id;
  if (path.startsWith('/alerts/')) return (await raised(token)).id;
  if (path.startsWith('/incidents/')) return incidentFor(path, token);
  if (path.startsWith('/notes/')) return make(`/incidents/${(await opened(token)).id}/notes`, { body: 'Seen.' });
  if (path.startsWith('/evidence/')) return (await added(token, (await opened(token)).id)).id;
  if (path.startsWith('/sensors/')) return make('/sensors', { name: crypto.randomUUID() });
  if (path.startsWith('/grouping-rules/')) return make('/grouping-rules', { name: 'By source', fields: ['source'] });
  if (path.startsWith('/views/')) {
    return make('/views', { screen: 'alerts', name: crypto.randomUUID(), query: 'status=open' });
  }
  if (path.startsWith('/escalation-policies/')) return make('/escalation-policies', { name: 'On call' });
  if (path.startsWith('/silences/')) return (await silenceOf(token)).id;
  if (path.startsWith('/maintenance-windows/')) return (await windowOf(token, windowIn(2))).id;
  if (path.startsWith('/invitations/')) return make('/invitations', {});
  if (path.startsWith('/users/')) return (await person({ username: crypto.randomUUID(), role: 'member' })).id;
  if (path.startsWith('/auth/sessions/')) return sessionOf(adminId);
  if (path.startsWith('/deliveries/')) return deadLetter();
  if (path.startsWith('/channels/')) {
    return make('/channels', { name: crypto.randomUUID(), type: 'webhook', url: 'https://hooks.example.com/in' });
  }
  throw new Error(`what is ${path} about? Say here how to make one.`);
}

/** An object of the cold store. */
async function coldObject(): Promise<number> {
  const key = `cold/events/day=2026-08-01/part-${crypto.randomUUID()}.parquet`;
  await env.EVIDENCE.put(key, 'PAR1');
  const insert = env.DB.prepare(
    `INSERT INTO event_objects (day, key, first_id, last_id, rows, kept, bytes, sha256, moved_at)
     SELECT '2026-08-01', ?, 0, coalesce(max(last_id), -1000000) + 1, 1, 0, 4, 'b94d27b9', 0 FROM event_objects RETURNING id`,
  );
  return (await insert.bind(key).first<number>('id')) ?? 0;
}

/** A delivery that failed; its channel is the one that examples name. */
async function deadLetter(): Promise<number> {
  await env.DB.prepare(
    `INSERT OR IGNORE INTO channels (id, name, type, target, shown_target, enabled, created_by, created_at, updated_at)
     VALUES (1, 'ops', 'webhook', '', '', 1, 'user:admin', 0, 0)`,
  ).run();
  const insert = env.DB.prepare(
    `INSERT INTO deliveries (channel_id, kind, subject, key, payload, status, attempts, expires_at, created_at, finished_at)
     VALUES (1, 'test', 'channel:1', ?, '{}', 'failed', '[]', 0, 0, 0) RETURNING id`,
  );
  return (await insert.bind(crypto.randomUUID()).first<number>('id')) ?? 0;
}

/** An incident to which the action of the path can be done. */
async function incidentFor(path: string, token: string): Promise<number> {
  const action = path.split('/')[3] ?? '';
  const status = ['archive', 'unarchive', 'reopen'].includes(action) ? 'resolved' : 'open';
  const { id } = await opened(token, { status, tags: ['ransomware'] });
  if (action === 'unarchive') await expectStatus(await act(token, id, 'archive'), 200);
  if (action === 'restore') await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token }), 204);
  return id;
}

/** An alert of this incident. */
async function linkedAlert(incidentId: number, token: string): Promise<number> {
  const { id } = await raised(token);
  await expectStatus(await act(token, incidentId, 'alerts', { alert_ids: [id] }), 200);
  return id;
}

type Body = { refresh: string; invitation: string; token: string };

function addLink(kind: string, token: string): Promise<unknown> {
  return env.DB.prepare(
    `INSERT INTO account_links (kind, token_hash, role, user_id, created_by, created_at, expires_at)
     VALUES (?, ?, 'member', ?, 'user:admin', 0, ?)`,
  )
    .bind(kind, sha256(token), adminId, Date.now() + 60_000)
    .run();
}

/** An authenticator of the admin, enrolled through the API; its next code. */
async function enrol(token: string): Promise<string> {
  const answer = await call('POST', '/api/v1/auth/totp', { token, body: { password: PASSWORD } });
  return new TOTP({ secret: (await expectStatus(answer, 200)).secret }).generate();
}

/** 2FA that is on, and a recovery code of it. */
async function enable(token: string): Promise<string> {
  const body = { otp: await enrol(token) };
  const answer = await call('POST', '/api/v1/auth/totp/confirm', { token, body });
  return (await expectStatus(answer, 200)).recovery_codes[0];
}

/** What else must be there before an example can be executed; one-time codes, which no example can know, are put in. */
const PRECONDITIONS: Record<string, (body: Body, token: string) => Promise<unknown>> = {
  // These begin when the example was written.
  createMaintenanceWindow: async (body) => ({ ...body, starts_at: nextSunday('02:30:00') }),
  createSilence: async (body) => ({ ...body, starts_at: inHours(1), ends_at: inHours(5) }),
  refreshToken: async ({ refresh }) => {
    const [family = '', secret = ''] = refresh.split('.');
    const columns = 'user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at';
    await env.DB.prepare(`INSERT INTO sessions (${columns}) VALUES (?, ?, ?, 0, 0, ?)`)
      .bind(adminId, sha256(family), sha256(secret), Date.now() + 60_000)
      .run();
  },
  register: async ({ invitation }) => void (await addLink('invitation', invitation)),
  resetPassword: async ({ token }) => void (await addLink('reset', token)),
  addEvidence: async () => 'Nov 21 09:30:00 host sshd: accepted',
  confirmTotp: async (_, token) => ({ otp: await enrol(token) }),
  disableTotp: async (body, token) => ({ ...body, otp: await enable(token) }),
  createEscalationPolicy: async () => void (await deadLetter()),
  redeliverFailed: async () => void (await deadLetter()),
  renewRecoveryCodes: async (body, token) => ({ ...body, otp: await enable(token) }),
};

/** The example of a body of JSON or CSV, wherever the document keeps it. */
function exampleOf(operation: Operation): unknown {
  const schema = exemplary(operation)?.schema;
  return schema && resolved(schema, schemas).example;
}

function exemplary({ requestBody: { content } = {} }: Operation) {
  return content?.['application/json'] ?? content?.['text/csv'];
}

async function execute(operation: Listed, query = ''): Promise<Response> {
  const { method, path, operationId } = operation;
  // The lists have so many parameters that they would use up the quota of one person.
  const token = query ? await signedIn('admin', crypto.randomUUID()) : await freshAdmin();
  const example = exampleOf(operation);
  const changed = await PRECONDITIONS[operationId]?.(example as Body, token);
  const id = path.includes('{id}') ? await freshId(path, token) : 0;
  const alertId = path.includes('{alert_id}') ? await linkedAlert(id, token) : 0;
  const day = new Date().toISOString().slice(0, 10);
  const target = path
    .replace('{id}', String(id))
    .replace('{alert_id}', String(alertId))
    .replace('{day}', day)
    .replace('{tag}', 'ransomware');
  const headers: Record<string, string> = typeof example === 'string' ? { 'Content-Type': 'text/csv' } : {};
  headers.Accept = Object.keys(successOf(operation)[1]?.content ?? {}).join();
  return call(method, `/api/v1${target}${query}`, { token, body: changed ?? example, headers });
}

/** The documented success: its status and what comes with it. */
function successOf({ responses }: Operation) {
  return Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
}

/** Checks that an answer is the documented success: its status, its headers, and every field of its body. */
async function expectDocumented(operation: Listed, response: Response): Promise<void> {
  const [status, documented] = successOf(operation);
  const content = documented?.content ?? {};
  if (Object.keys(content).length > 0 && !content['application/json']) {
    expect(response.status).toBe(Number(status));
    const type = response.headers.get('Content-Type')?.split(';')[0] ?? '';
    expect(Object.keys(content)).toContain('*/*' in content ? '*/*' : type);
    await response.body?.cancel();
    return;
  }
  const body: object | undefined = await expectStatus(response, Number(status));
  for (const name of Object.keys(documented?.headers ?? {})) {
    if (name !== 'Idempotency-Replayed') expect(response.headers.get(name)).not.toBeNull();
  }
  const schema = documented?.content?.['application/json']?.schema;
  expect(schema ? breaches(body, { schema, schemas }) : body).toEqual(schema ? [] : undefined);
}

describe('the example of every operation works as pasted', () => {
  it.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', async (_, operation) => {
    expect(Boolean(exemplary(operation))).toBe(exampleOf(operation) !== undefined);
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
const WORDS: Record<string, string> = {
  severity: 'high,critical',
  event__severity: 'critical',
  status: 'open,ACK',
  'listIncidents severity': 'sev1,SEV2',
  'listIncidents status': 'open,MITIGATED',
  'exportIncidents severity': 'sev1,SEV2',
  'exportIncidents status': 'open,MITIGATED',
  'countIncidentFacets severity': 'sev1,SEV2',
  'countIncidentFacets status': 'open,MITIGATED',
  'listDeliveries status': 'FAILED',
  'listSilences state': 'active,SCHEDULED',
  // The other one needs a status beside it.
  'listDeliveries sort_by': 'created_at',
  // A credential, which is not looked at beside a token.
  'watchLive ticket': 'ewl_…',
};

describe('every parameter of a list works on its own', () => {
  it('and there are some', () => expect(queries.length).toBeGreaterThan(20));

  it.each(queries)('%s', async (_, operation, parameter) => {
    // What is left out is said in the same words.
    const name = parameter.name.replace(/^not_/, '');
    const word = WORDS[`${operation.operationId} ${name}`] ?? WORDS[name];
    for (const value of word ? [word] : samples(parameter)) {
      await expectDocumented(operation, await execute(operation, `?${parameter.name}=${value}`));
    }
  });
});

describe('the document', () => {
  it('names every status that the API answers with', async () => {
    const token = await freshAdmin();
    const answers: [string, number, Promise<Response>][] = [
      ['postEvent', 400, call('POST', '/api/v1/events', { token, body: {} })],
      ['postEvent', 413, call('POST', '/api/v1/events', { token, body: 'x'.repeat(70_000) })],
      ['postEvent', 415, call('POST', '/api/v1/events', { token, body: '', headers: { 'Content-Type': 'a/b' } })],
      ['getSelf', 401, call('GET', '/api/v1/auth/me')],
      ['getAlert', 404, call('GET', '/api/v1/alerts/999999', { token })],
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
