import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, expectStatus, type Options } from '../support/client.ts';
import { posted, raised, storedEvents } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';

const SENT = 'pa55-word-of-somebody-7431';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});

const api = (method: string, path: string, options: Options = {}) =>
  call(method, `/api/v1${path}`, { token: admin, ...options });
const me = () => api('GET', '/auth/me');

describe('text that means something to SQL, HTML or a template is text', () => {
  it.each([
    "' OR '1'='1",
    "x'; DROP TABLE users; --",
    '") UNION SELECT password_hash FROM users --',
    '%',
    '_ _',
    '{{7*7}}',
  ])('%s', async (text) => {
    await expectStatus(await signIn({ username: text, password: SENT }), 400);
    await expectStatus(await signIn({ username: 'admin', password: text }), 401);
    const source = `before ${text} after`;
    const event = await posted(admin, { source, description: text, external_id: text });
    expect(event).toMatchObject({ source, description: text, external_id: text });
    const search = async (query: string) => (await expectStatus(await api('GET', `/events?${query}`), 200)).data;
    expect(
      (await search(`search=${encodeURIComponent(`ore ${text} aft`)}`)).map(({ id }: { id: number }) => id),
    ).toEqual([event.id]);
    expect(await search(`source=${encodeURIComponent(text)}`)).toEqual([]);
    for (const query of [`sort_by=${encodeURIComponent(text)}`, `sort_order=${encodeURIComponent(text)}`]) {
      await expectStatus(await api('GET', `/events?${query}`), 400);
    }
    expect(await env.DB.prepare('SELECT count(*) AS n FROM users').first('n')).toBeGreaterThan(0);
  });
});

describe('a header', () => {
  const BAD = ['"v1" OR 1=1', '"v1", "v2"', 'W/"v1"', "'; DROP TABLE alerts; --", '"v1"%0d%0aSet-Cookie: a=b', '*, *'];

  it.each(BAD)('If-Match of %s is refused whole', async (value) => {
    const { id } = await raised(admin);
    const request = { body: { severity: 'low' }, headers: { 'If-Match': value } };
    const response = await api('PATCH', `/alerts/${id}`, request);
    expect([...response.headers.keys()]).not.toContain('set-cookie');
    const problem = await expectStatus(response, 400);
    expect(problem.errors[0].pointer).toBe('header/if-match');
    expect(JSON.stringify(problem)).not.toContain(value);
  });

  it.each(['a b', 'x'.repeat(256), '"open', 'tab\tkey'])(
    'Idempotency-Key of %s is refused, and nothing stored',
    async (value) => {
      const before = await storedEvents();
      const body = { source: 'a', event_type: 'b', severity: 'low' };
      const response = await api('POST', '/events', { body, headers: { 'Idempotency-Key': value } });
      expect((await expectStatus(response, 400)).errors[0].pointer).toBe('header/idempotency-key');
      expect(await storedEvents()).toBe(before);
    },
  );

  it('Idempotency-Key of encoded line breaks is a key like any other, and comes back in no header', async () => {
    const headers = { 'Idempotency-Key': 'a%0d%0aSet-Cookie:%20a=b;--' };
    const body = { source: 'a', event_type: 'b', severity: 'low' };
    const response = await api('POST', '/events', { body, headers });
    expect(response.status).toBe(201);
    expect(JSON.stringify([...response.headers])).not.toMatch(/set-cookie/i);
  });
});

describe('a body', () => {
  it.each([
    ['PATCH', '/auth/me', '{"email":null,"__proto__":{"role":"admin"}}', '__proto__'],
    ['PATCH', '/auth/me', '{"email":null,"constructor":{"prototype":{"role":"admin"}}}', 'constructor'],
    ['POST', '/users', `{"username":"x","password":"${SENT}","role":"member","__proto__":{}}`, '__proto__'],
    ['POST', '/token', `{"username":"admin","password":"${SENT}","__proto__":{"otp":"000000"}}`, '__proto__'],
    ['POST', '/token', `{"username":"admin","password":"${SENT}","toString":"x"}`, 'toString'],
  ])('with a key of every object is refused: %s %s %s', async (method, path, body, key) => {
    const { errors } = await expectStatus(await api(method, path, { body }), 400);
    expect(errors).toEqual([{ pointer: `#/${key}`, detail: 'is not a field of this object' }]);
    for (const name of ['role', 'otp']) expect(Reflect.get({}, name)).toBeUndefined();
    expect((await expectStatus(await me(), 200)).role).toBe('admin');
  });

  it('may hold such keys in attributes, which come back as they were', async () => {
    const attributes = '{"__proto__":{"x":1},"constructor":2,"toString":3,"a":{"__proto__":4}}';
    const body = `{"source":"a","event_type":"b","severity":"low","attributes":${attributes}}`;
    const { id } = await expectStatus(await api('POST', '/events', { body }), 201);
    const event = await expectStatus(await api('GET', `/events/${id}`), 200);
    expect(JSON.stringify(event.attributes)).toBe(attributes);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});
