import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { VARIABLES } from '../../src/notifications/template.ts';
import { ADDRESSES, ask, BINDINGS, channel, ROUTING_KEY } from '../support/channels.ts';
import { expectStatus } from '../support/client.ts';
import { notified, stored } from '../support/deliveries.ts';
import { auditOf } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let token: string;
beforeAll(async () => {
  token = await signedIn('admin');
});
beforeEach(async () => {
  await env.DB.batch([env.DB.prepare('DELETE FROM deliveries'), env.DB.prepare('DELETE FROM channels')]);
});
afterEach(() => vi.restoreAllMocks());

type Type = keyof typeof ADDRESSES;
const TYPES = Object.keys(ADDRESSES) as Type[];
const of = (type: Type, more: object = {}) => channel(token, { type, ...ADDRESSES[type], ...more });
const post = (path: string, body?: unknown) => ask('POST', path, { token, body });
const patch = (id: number, body: unknown) => ask('PATCH', `/${id}`, { token, body });
const get = async (path: string) => expectStatus(await ask('GET', path, { token }), 200);
/** What the log says of a channel since it was added: ids are given again once nothing names them. */
async function audited(id: number) {
  const rows = await auditOf(`channel:${id}`);
  return rows.slice(rows.findLastIndex(({ action }) => action === 'channel.create'));
}
const pointersOf = async (answer: Response) =>
  (await expectStatus(answer, 400)).errors.map((error: { pointer: string }) => error.pointer);

describe('a channel', () => {
  it.each([
    ['webhook', 'hooks.example.com'],
    ['slack', 'hooks.slack.com'],
    ['teams', 'prod-1.westeurope.logic.azure.com'],
    ['pagerduty', '…abcd'],
    ['email', 'soc@example.com, ana@example.com'],
  ] as const)('of type %s is added, and shown with what may be seen of its address', async (type, target) => {
    const { secret, ...shown } = await of(type, { name: ' Desk ' });
    expect(shown).toEqual({
      ...{ id: expect.any(Number), name: 'Desk', type, target, template: null, enabled: true, disabled_reason: null },
      ...{ created_by: 'user:admin', created_at: expect.any(String), updated_at: shown.created_at },
    });
    expect(secret).toEqual(type === 'webhook' ? expect.stringMatching(/^whsec_[\w+/]{43}=$/) : null);
    expect(await get(`/${shown.id}`)).toEqual(shown);
    expect(await get('')).toEqual({ data: [shown] });
    const [row] = await audited(shown.id);
    expect(row).toMatchObject({ action: 'channel.create', after: { name: 'Desk', type, shown_target: target } });
  });

  it('is changed by what is given, and an empty patch changes nothing', async () => {
    const { secret: _, ...before } = await of('webhook');
    expect(await expectStatus(await patch(before.id, {}), 200)).toEqual(before);
    const template = { title: '{{alert.severity}}', body: '' };
    const body = { name: 'Other', enabled: false, template, url: 'https://other.example.com:8443/x' };
    const changed = await expectStatus(await patch(before.id, body), 200);
    const { url: __, ...rest } = body;
    expect(changed).toEqual({ ...before, ...rest, target: 'other.example.com:8443', updated_at: changed.updated_at });
    expect((await audited(before.id)).at(-1)).toMatchObject({
      action: 'channel.update',
      before: { name: before.name, enabled: 1, shown_target: 'hooks.example.com', template: null },
      after: { name: 'Other', enabled: 0, shown_target: 'other.example.com:8443', template },
    });
    expect(await expectStatus(await patch(before.id, { template: null }), 200)).toMatchObject({ template: null });
  });

  it('that its receiver disabled has no reason any more once it is enabled', async () => {
    const { id } = await of('slack');
    await env.DB.prepare("UPDATE channels SET enabled = 0, disabled_reason = 'Its receiver answered 410 Gone.'").run();
    expect(await get(`/${id}`)).toMatchObject({ enabled: false, disabled_reason: 'Its receiver answered 410 Gone.' });
    expect(await expectStatus(await patch(id, { name: 'x' }), 200)).toMatchObject({ enabled: false });
    const enabled = await expectStatus(await patch(id, { enabled: true }), 200);
    expect(enabled).toMatchObject({ enabled: true, disabled_reason: null });
  });

  it('has a name of its own, and is one of a hundred at most', async () => {
    const first = await of('slack', { name: 'Desk' });
    const taken = await post('', { name: 'Desk', type: 'teams', ...ADDRESSES.teams });
    expect((await expectStatus(taken, 409)).detail).toContain('of this name');
    const other = await of('slack');
    await expectStatus(await patch(other.id, { name: 'Desk' }), 409);
    expect(await audited(other.id)).toHaveLength(1);
    await env.DB.prepare(
      `INSERT INTO channels (name, type, target, shown_target, enabled, created_by, created_at, updated_at)
       WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < 97)
       SELECT 'c' || n, 'slack', '', '', 1, 'user:admin', 0, 0 FROM series`,
    ).run();
    const answers = await Promise.all(
      [1, 2, 3].map(() => post('', { name: crypto.randomUUID(), type: 'slack', ...ADDRESSES.slack })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await get('')).data).toHaveLength(100);
    expect(first.id).toBeGreaterThan(0);
  });

  it('that is not there cannot be read, changed, rotated, tested or deleted', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
      ['POST', '/test'],
    ] as const) {
      await expectStatus(
        await ask(method, `/999999${path}`, { token, body: method === 'PATCH' ? { name: 'x' } : undefined }),
        404,
      );
    }
    expect(await auditOf('channel:999999')).toEqual([]);
  });
});

describe('a deleted channel', () => {
  it('is gone, and what was on its way to it fails', async () => {
    const [gone, other] = [await of('webhook'), await of('webhook')];
    const [lost = 0] = await notified({ channelIds: [gone.id] });
    const [kept = 0] = await notified({ channelIds: [other.id] });
    await expectStatus(await ask('DELETE', `/${gone.id}`, { token }), 204);
    await expectStatus(await ask('DELETE', `/${gone.id}`, { token }), 404);
    expect((await get('')).data.map(({ id }: { id: number }) => id)).toEqual([other.id]);
    expect([await stored(lost), await stored(kept)]).toMatchObject([
      { status: 'failed', next: null },
      { status: 'pending' },
    ]);
    expect((await audited(gone.id)).at(-1)).toMatchObject({
      action: 'channel.delete',
      before: { name: gone.name, shown_target: 'hooks.example.com' },
      after: null,
    });
  });

  it('leaves its id to nobody who could be told what is meant for it', async () => {
    const { id } = await of('slack');
    await notified({ channelIds: [id] });
    await expectStatus(await ask('DELETE', `/${id}`, { token }), 204);
    const next = await of('slack');
    expect(next.id).toBe(id + 1);
    await expectStatus(await ask('DELETE', `/${next.id}`, { token }), 204);
    const named: [string, string][] = [
      [
        'escalation_policies',
        `'x', 1, '[]', '[{"afterSeconds": 0, "channelIds": [70, ${id}]}]', 0, 0, '{}', 1, 'a', 0, 0`,
      ],
      ['maintenance_windows', `'x', '[]', '', 'UTC', 0, 60, 0, '[80]', 0, 1, 'a', 0, 0`],
      ['silences', `'x', '[]', 0, 1, '[90]', 0, NULL, 'a', 0, NULL, NULL`],
    ];
    for (const [table, values] of named) {
      await env.DB.prepare(`INSERT INTO ${table} VALUES (1, ${values})`).run();
      const after = await of('slack');
      expect({ table, id: after.id }).toEqual({
        table,
        id: { escalation_policies: 71, maintenance_windows: 81, silences: 91 }[table],
      });
      await expectStatus(await ask('DELETE', `/${after.id}`, { token }), 204);
    }
    await env.DB.batch(named.map(([table]) => env.DB.prepare(`DELETE FROM ${table}`)));
  });
});

describe('what a channel knows that others must not', () => {
  const SECRETS = ['path-that-is-a-secret', 'secret-too', ROUTING_KEY];

  it.each(TYPES)('is in no answer, audit row, log or table in the clear: %s', async (type) => {
    const logged: unknown[] = [];
    for (const level of ['log', 'info', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation((...args) => void logged.push(args));
    }
    const { id, secret, ...created } = await of(type);
    const texts: string[] = [JSON.stringify(created)];
    const keep = async (answer: Response) => void texts.push(await answer.text());
    await keep(await patch(id, ADDRESSES[type]));
    await keep(await patch(id, { ...ADDRESSES[type], name: '' }));
    await keep(await patch(id, { url: 'http://path-that-is-a-secret.example.com/', routing_key: ROUTING_KEY }));
    await keep(await post('', { name: 'x', type: 'slack', url: 'http://a.example/path-that-is-a-secret' }));
    await keep(await post('', { name: created.name, type, ...ADDRESSES[type] }));
    await keep(await ask('GET', '', { token }));
    if (type === 'webhook') await ask('POST', `/${id}/rotate`, { token });
    await keep(await post(`/${id}/test`));
    const { results } = await env.DB.prepare('SELECT * FROM deliveries').all();
    await keep(await ask('DELETE', `/${id}`, { token }));
    const rows = await audited(id);
    const tables = JSON.stringify([results, rows]);
    for (const hidden of [...SECRETS, ...(secret ? [secret] : [])]) {
      for (const text of [...texts, tables, JSON.stringify(logged)]) expect(text).not.toContain(hidden);
    }
    // Not even encrypted: the log is read by more people than the table.
    expect(rows.flatMap(({ before, after }) => Object.keys({ ...before, ...after }))).not.toContain('target');
  });

  it('is encrypted in the table', async () => {
    for (const type of TYPES) await of(type);
    const { results } = await env.DB.prepare('SELECT target FROM channels').all();
    for (const { target } of results) {
      expect(target).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(atob(String(target).split('.')[2]?.replaceAll('-', '+').replaceAll('_', '/') ?? '')).not.toContain(
        'secret',
      );
    }
  });

  it('cannot be read under another JWT_SECRET, and the channel says so', async () => {
    const { id } = await of('webhook');
    const stranger = await env.DB.prepare('SELECT target FROM channels').first<string>('target');
    const other = 'another-secret-another-secret-another';
    const bindings = { ...BINDINGS, JWT_SECRET: other } as unknown as Partial<Env>;
    const { accessToken, sessionOf } = await import('../support/people.ts');
    const userId = (await env.DB.prepare("SELECT id FROM users WHERE username = 'admin'").first<number>('id')) ?? 0;
    const claims = { sub: String(userId), username: 'admin', role: 'admin', sid: await sessionOf(userId) };
    const foreign = await accessToken(claims, other);
    const rotated = await callWith('POST', `/api/v1/channels/${id}/rotate`, { token: foreign, bindings });
    expect((await expectStatus(rotated, 409)).detail).toContain('JWT_SECRET');
    expect(await env.DB.prepare('SELECT target FROM channels').first<string>('target')).toBe(stranger);
  });
});

describe('a webhook’s secret', () => {
  it('is replaced by rotation, and the old one signs for a day more', async () => {
    const { id, secret } = await of('webhook');
    const rotated = await expectStatus(await post(`/${id}/rotate`), 200);
    expect(rotated).toMatchObject({ id, type: 'webhook', secret: expect.stringMatching(/^whsec_/) });
    expect(rotated.secret).not.toBe(secret);
    expect(Date.parse(rotated.previous_secret_until) - Date.parse(rotated.updated_at)).toBe(24 * 3_600_000);
    expect(JSON.stringify(await get(`/${id}`))).not.toContain('whsec_');
    expect((await audited(id)).at(-1)).toMatchObject({ action: 'channel.rotate', actor: 'user:admin' });
  });

  it('of two who rotate at once is one', async () => {
    const { id } = await of('webhook');
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(`/${id}/rotate`)));
    expect(answers.map(({ status }) => status)).toContain(200);
    const rotations = answers.filter(({ status }) => status === 200).length;
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect((await audited(id)).filter(({ action }) => action === 'channel.rotate')).toHaveLength(rotations);
  });

  it('is not had by other types', async () => {
    for (const type of TYPES.filter((one) => one !== 'webhook')) {
      const { id } = await of(type);
      expect((await expectStatus(await post(`/${id}/rotate`), 409)).detail).toContain('type webhook');
    }
  });
});

describe('bad input', () => {
  const HOOK = ADDRESSES.webhook;
  const MANY = Array.from({ length: 51 }, (_, n) => `a${n}@example.com`);

  it.each<[object, string | string[]]>([
    [{ type: 'webhook', ...HOOK, name: '' }, '#/name'],
    [{ type: 'sms', url: 'x' }, '#/type'],
    [HOOK, '#/type'],
    [{ type: 'webhook' }, '#/url'],
    [{ type: 'pagerduty' }, '#/routing_key'],
    [{ type: 'email' }, '#/to'],
    [{ type: 'webhook', ...HOOK, routing_key: ROUTING_KEY }, '#/routing_key'],
    [{ type: 'pagerduty', url: HOOK.url }, ['#/url', '#/routing_key']],
    [{ type: 'email', ...ADDRESSES.email, ...HOOK }, '#/url'],
    [{ type: 'slack', ...HOOK, secret: 'whsec_x' }, '#/secret'],
    [{ type: 'webhook', url: 'http://hooks.example.com/' }, '#/url'],
    [{ type: 'slack', url: 'https://127.0.0.1/' }, '#/url'],
    [{ type: 'teams', url: 'https://router.local/' }, '#/url'],
    [{ type: 'teams', url: 'not a url' }, '#/url'],
    [{ type: 'webhook', url: 7 }, '#/url'],
    [{ type: 'webhook', url: `https://a.example/${'x'.repeat(2_000)}` }, '#/url'],
    [{ type: 'pagerduty', routing_key: 'short' }, '#/routing_key'],
    [{ type: 'pagerduty', routing_key: `${ROUTING_KEY.slice(1)}\n` }, '#/routing_key'],
    [{ type: 'email', to: 'soc@example.com' }, '#/to'],
    [{ type: 'email', to: [] }, '#/to'],
    [{ type: 'email', to: MANY }, '#/to'],
    [{ type: 'email', to: ['a@example.com', 'a@example.com'] }, '#/to'],
    [{ type: 'email', to: ['a@example.com', 'nobody'] }, '#/to/1'],
    [{ type: 'email', to: ['a@example.com\r\nBcc: b@example.com'] }, '#/to/0'],
    [{ type: 'email', to: ['Ana <a@example.com>'] }, '#/to/0'],
    [{ type: 'slack', ...HOOK, template: {} }, ['#/template/title', '#/template/body']],
    [{ type: 'slack', ...HOOK, template: { title: 'x', body: 'x', footer: 'x' } }, '#/template/footer'],
    [{ type: 'slack', ...HOOK, template: { title: 'a\nb', body: '' } }, '#/template/title'],
    [{ type: 'slack', ...HOOK, template: { title: '{{alert.severity}', body: '' } }, '#/template/title'],
    [{ type: 'slack', ...HOOK, template: { title: 'x', body: '{{alert.secret}}' } }, '#/template/body'],
    [{ type: 'slack', ...HOOK, template: { title: 'x', body: 'x'.repeat(2_001) } }, '#/template/body'],
  ])('is refused with the field named: %j', async (body, pointers) => {
    expect(await pointersOf(await post('', { name: 'x', ...body }))).toEqual([pointers].flat());
    expect((await get('')).data).toEqual([]);
  });

  it.each<[Type, object, string]>([
    ['slack', { routing_key: ROUTING_KEY }, '#/routing_key'],
    ['pagerduty', { url: HOOK.url }, '#/url'],
    ['webhook', { to: ['a@example.com'] }, '#/to'],
    ['webhook', { type: 'slack' }, '#/type'],
    ['webhook', { url: 'http://hooks.example.com/' }, '#/url'],
    ['webhook', { url: null }, '#/url'],
    ['email', { to: ['x'] }, '#/to/0'],
    ['email', { template: { title: '{{x}}', body: '' } }, '#/template/title'],
    ['email', { disabled_reason: null }, '#/disabled_reason'],
  ])('of a patch of %s is refused with the field named: %j', async (type, body, pointer) => {
    const { secret: _, ...before } = await of(type);
    expect(await pointersOf(await patch(before.id, { name: 'x', ...body }))).toEqual([pointer]);
    expect(await get(`/${before.id}`)).toEqual(before);
  });

  it('of a template names the variables that there are', async () => {
    const template = { title: '{{alert.secret-7431}} {{sev}}', body: '{{sev-7431}}' };
    const body = { type: 'slack', template };
    const { errors } = await expectStatus(await post('/preview', body), 400);
    expect(errors).toEqual([
      { pointer: '#/template/title', detail: 'must have {{ and }} around names of variables only' },
      { pointer: '#/template/body', detail: 'must have {{ and }} around names of variables only' },
    ]);
    const unknown = await post('/preview', { type: 'slack', template: { title: '{{sev}}', body: '' } });
    expect((await expectStatus(unknown, 400)).errors[0].detail).toBe(
      `has an unknown variable; known are: ${VARIABLES.join(', ')}`,
    );
  });

  it('is an e-mail channel while nobody said who e-mail comes from', async () => {
    const body = { name: 'x', type: 'email', ...ADDRESSES.email };
    const bindings = { ...BINDINGS, EMAIL_FROM: '' } as unknown as Partial<Env>;
    const answer = await callWith('POST', '/api/v1/channels', { token, body, bindings });
    expect((await expectStatus(answer, 409)).detail).toContain('EMAIL_FROM');
  });
});

describe('a test', () => {
  it('is a delivery like any other, and is in the audit log', async () => {
    const { id, name } = await of('webhook');
    const delivery = await expectStatus(await post(`/${id}/test`), 202);
    expect(delivery).toMatchObject({
      channel_id: id,
      kind: 'test',
      subject: `channel:${id}`,
      status: 'pending',
      attempts: [],
    });
    expect(delivery.payload).toMatchObject({
      kind: 'test',
      alert: { id: 0, description: expect.stringContaining(name) },
    });
    expect((await audited(id)).at(-1)).toMatchObject({
      action: 'channel.test',
      after: { delivery: delivery.id },
    });
    // Each is one of its own.
    expect((await expectStatus(await post(`/${id}/test`), 202)).id).not.toBe(delivery.id);
  });

  it('of a channel that is disabled is refused', async () => {
    const { id } = await of('webhook', { enabled: false });
    expect((await expectStatus(await post(`/${id}/test`), 409)).detail).toContain('disabled');
    expect(await audited(id)).toHaveLength(1);
  });
});

describe('the preview', () => {
  it.each([
    ['webhook', { type: 'alert.raised', data: { title: 'T high', body: 'Port scan detected', alert: { id: 0 } } }],
    ['slack', { text: '🟠 T high' }],
    ['teams', { type: 'message' }],
    ['pagerduty', { event_action: 'trigger', payload: { summary: 'T high', severity: 'error' } }],
    ['email', { subject: '🟠 T high', text: expect.stringContaining('Port scan detected') }],
  ] as const)('of %s is the message that would be sent', async (type, message) => {
    const template = { title: 'T {{alert.severity}}', body: '{{alert.description}}' };
    const shown = await expectStatus(await post('/preview', { type, template }), 200);
    expect(shown).toMatchObject({ title: 'T high', body: 'Port scan detected', message });
    const usual = await expectStatus(await post('/preview', { type }), 200);
    expect(usual.title).toBe('Alert 0: scan at sensor-1 (high)');
    expect(JSON.stringify(usual.message)).toContain('https://edgewatch.example.com/alerts');
  });
});
