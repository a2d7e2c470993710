import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { accessToken, PASSWORD, person, sessionOf, signedIn } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';

let admin: string;
let ana: { id: number; sid: number };
beforeAll(async () => {
  admin = await signedIn('admin');
  const { id } = await person({ username: 'ana', role: 'analyst' });
  ana = { id, sid: await sessionOf(id) };
});

const me = (token: string) => call('GET', '/api/v1/auth/me', { token });
const claims = (more: object = {}) => ({
  sub: String(ana.id),
  username: 'ana',
  role: 'analyst',
  sid: ana.sid,
  ...more,
});
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  it('is good as it was issued', async () => {
    await expectStatus(await me(await accessToken(claims())), 200);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['with alg none', () => `${encode({ alg: 'none' })}.${encode(claims({ exp: 9e9 }))}.`],
    ['signed with another secret', () => accessToken(claims(), 'another-secret-another-secret-another')],
    ['without exp', () => accessToken(claims({ exp: undefined }))],
    ['that has expired', () => accessToken(claims({ exp: 1 }))],
    ['for another audience', () => accessToken(claims({ aud: 'elsewhere' }))],
    ['of another issuer', () => accessToken(claims({ iss: 'elsewhere' }))],
    ['of a session that does not exist', () => accessToken(claims({ sid: 999_999 }))],
    ["of somebody else's session", () => accessToken(claims({ sub: '1', username: 'admin' }))],
  ])('is refused %s', async (_, make) => {
    const problem = await expectStatus(await me(await make()), 401);
    expect(problem.type).toBe('/problems#unauthenticated');
  });

  it('has the role of its account, whatever it says itself', async () => {
    const token = await accessToken(claims({ role: 'admin' }));
    expect((await expectStatus(await me(token), 200)).role).toBe('analyst');
    await expectStatus(await call('GET', '/api/v1/users', { token }), 403);
  });

  it('for refreshing is none for access, and the other way round', async () => {
    const { access, refresh } = await expectStatus(await signIn({ username: 'ana' }), 200);
    await expectStatus(await me(refresh), 401);
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh: access.slice(0, 200) } }), 401);
  });

  it('for refreshing, used twice, ends its whole family', async () => {
    const first = await expectStatus(await signIn({ username: 'ana' }), 200);
    const renew = (refresh: string) => call('POST', '/api/v1/token/refresh', { body: { refresh } });
    const second = await expectStatus(await renew(first.refresh), 200);
    await expectStatus(await renew(first.refresh), 401);
    await expectStatus(await renew(second.refresh), 401);
    await expectStatus(await me(second.access), 401);
  });
});

describe('a field that nobody may set', () => {
  it('is refused by every route that takes a body', async () => {
    const { paths, components } = await expectStatus(await call('GET', '/openapi.json'), 200);
    const answers: string[] = [];
    for (const [path, methods] of Object.entries<Record<string, { requestBody?: { content: Body } }>>(paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        const schema = requestBody?.content['application/json']?.schema;
        if (!schema?.$ref) continue;
        const { example } = components.schemas[schema.$ref.split('/').at(-1) ?? ''];
        const body = { ...example, is_admin: true };
        const token = await signedInAgain();
        const route = `/api/v1${path.replace('{id}', '1')}`;
        const { errors } = await expectStatus(await call(method.toUpperCase(), route, { token, body }), 400);
        expect(errors).toContainEqual({ pointer: '#/is_admin', detail: 'is not a field of this object' });
        answers.push(path);
      }
    }
    expect(answers.length).toBeGreaterThan(20);
  });

  type Body = Record<string, { schema: { $ref?: string } }>;
  async function signedInAgain(): Promise<string> {
    const { id } = await expectStatus(await me(admin), 200);
    return accessToken({ sub: String(id), username: 'admin', role: 'admin', sid: await sessionOf(id) });
  }
});

describe('text that means something elsewhere', () => {
  it.each(["' OR 1=1 --", 'admin"; DROP TABLE users; --', '{{7*7}}', '<script>alert(1)</script>'])(
    'is only text: %s',
    async (text) => {
      await expectStatus(await signIn({ username: text }), 400);
      await expectStatus(await signIn({ username: 'ana', password: text }), 401);
      const found = await call('GET', `/api/v1/events?search=${encodeURIComponent(text)}`, { token: admin });
      expect((await expectStatus(found, 200)).data).toEqual([]);
      await env.DB.prepare('DELETE FROM guesses').run();
    },
  );

  it('does not reach the prototype of anything', async () => {
    const body = '{"source":"a","event_type":"b","severity":"low","attributes":{"__proto__":{"x":1},"constructor":2}}';
    const event = await expectStatus(await call('POST', '/api/v1/events', { token: admin, body }), 201);
    expect(Object.keys(event.attributes)).toEqual(['__proto__', 'constructor']);
    expect(({} as { x?: number }).x).toBeUndefined();
    const bad = '{"__proto__":{"role":"admin"},"email":null}';
    await expectStatus(await call('PATCH', '/api/v1/auth/me', { token: admin, body: bad }), 400);
  });
});

describe('the audit log', () => {
  it('knows of refused sign-ins, of refused requests, and of no secret', async () => {
    await expectStatus(await signIn({ username: 'ana', password: 'a-wrong-password' }), 401);
    await expectStatus(await call('DELETE', '/api/v1/events/1', { token: await accessToken(claims()) }), 403);
    expect(await auditOf('user:ana')).toContainEqual(
      expect.objectContaining({ actor: 'anonymous', action: 'session.refuse' }),
    );
    expect(await auditOf('permission:event.change')).toContainEqual(
      expect.objectContaining({
        actor: 'user:ana',
        action: 'access.refuse',
        after: { method: 'DELETE', path: '/api/v1/events/1' },
      }),
    );
    const made = await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'audited' } });
    const { key } = await expectStatus(made, 201);
    const { results } = await env.DB.prepare('SELECT * FROM audit_rows').all();
    const log = JSON.stringify(results);
    for (const secret of [PASSWORD, 'a-wrong-password', key, 'scrypt$']) expect(log).not.toContain(secret);
  });

  it('is told who signed in', async () => {
    await expectStatus(await signIn({ username: 'ana' }), 200);
    expect(await auditOf('user:ana')).toContainEqual(
      expect.objectContaining({ actor: 'user:ana', action: 'session.create' }),
    );
  });
});
