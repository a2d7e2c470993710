import { env } from 'cloudflare:workers';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DELIVERY_QUEUE } from '../../src/queue/messages.ts';
import { ask, BINDINGS, channel, ROUTING_KEY } from '../support/channels.ts';
import { expectStatus } from '../support/client.ts';
import { signedIn } from '../support/people.ts';
import { inbox } from '../support/receiver.ts';
import type { Seen } from '../support/receiver-server.ts';
import { deliver } from '../support/worker.ts';

const HOUR = 3_600_000;

let token: string;
beforeEach(async () => {
  token = await signedIn('admin', crypto.randomUUID());
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  await env.DB.batch([env.DB.prepare('DELETE FROM deliveries'), env.DB.prepare('DELETE FROM channels')]);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const post = (path: string) => ask('POST', path, { token });

/** Sends a channel a test; the delivery with what became of it. */
async function tested(id: number, bindings: object = {}) {
  const { id: delivery } = await expectStatus(await post(`/${id}/test`), 202);
  return tried(delivery, bindings);
}

/** Tries a delivery, whenever it is due. */
async function tried(delivery: number, bindings: object = {}) {
  await env.DB.prepare('UPDATE deliveries SET next_attempt_at = 1 WHERE id = ? AND status = ?')
    .bind(delivery, 'pending')
    .run();
  const message = { type: 'deliver', delivery_ids: [delivery] };
  await deliver([message], { queue: DELIVERY_QUEUE, bindings: { ...BINDINGS, ...bindings } as Partial<Env> });
  const row = await env.DB.prepare('SELECT status, attempts FROM deliveries WHERE id = ?')
    .bind(delivery)
    .first<Record<string, string>>();
  const attempts: { status: number | null; error: string | null }[] = JSON.parse(row?.attempts ?? '[]');
  return { id: delivery, status: row?.status, last: attempts.at(-1) };
}

/** Whether a receiver with this secret takes a request as ours. */
function accepts(secret: string, { headers, body }: Seen): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

describe('a webhook', () => {
  it('gets signed JSON, which the library of Standard Webhooks verifies', async () => {
    const { url, seen } = await inbox();
    const { id, secret } = await channel(token, { type: 'webhook', url, template: { title: '{{kind}}!', body: '' } });
    const { id: delivery, status } = await tested(id);
    const [request] = await seen();
    if (!request) throw new Error('nothing came');
    expect(status).toBe('delivered');
    expect(accepts(secret, request)).toBe(true);
    expect(request.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': `msg_${delivery}` });
    const body = JSON.parse(request.body);
    expect(body).toMatchObject({
      type: 'test',
      timestamp: body.data.at,
      data: { title: 'test!', body: '', alert: { id: 0 } },
    });
    expect(accepts(secret, { ...request, body: request.body.replace('"id":0', '"id":1') })).toBe(false);
    expect(accepts(secret, { ...request, headers: { ...request.headers, 'webhook-id': 'msg_0' } })).toBe(false);
    expect(accepts('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', request)).toBe(false);
  });

  it('keeps its id over retries, and has the time of each attempt', async () => {
    const { url, seen } = await inbox({ status: 500 }, { status: 200 });
    const { id, secret } = await channel(token, { type: 'webhook', url });
    const start = Date.now();
    vi.useFakeTimers({ now: start, toFake: ['Date'] });
    const { id: delivery } = await tested(id);
    vi.setSystemTime(start + HOUR);
    expect(await tried(delivery)).toMatchObject({ status: 'delivered' });
    const [first, second] = await seen();
    if (!first || !second) throw new Error('less came');
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    const timeOf = ({ headers }: Seen) => Number(headers['webhook-timestamp']);
    expect(timeOf(second) - timeOf(first)).toBe(3_600);
    expect([second.body === first.body, accepts(secret, second)]).toEqual([true, true]);
    // An hour old, it is refused: a replay.
    expect(accepts(secret, first)).toBe(false);
  });

  it('is signed by both secrets for 24 hours after a rotation, also at another address', async () => {
    const start = Date.now();
    vi.useFakeTimers({ now: start, toFake: ['Date'] });
    const { url, seen } = await inbox();
    const { id, secret: oldest } = await channel(token, { type: 'webhook', url: `${url}?first` });
    const { secret: old } = await expectStatus(await post(`/${id}/rotate`), 200);
    const { secret: current } = await expectStatus(await post(`/${id}/rotate`), 200);
    await expectStatus(await ask('PATCH', `/${id}`, { token, body: { url } }), 200);
    const takers = async (after: number) => {
      vi.setSystemTime(start + after);
      // Sessions of tests last an hour.
      token = await signedIn('admin', crypto.randomUUID());
      await tested(id);
      const request = (await seen()).at(-1);
      return request && [oldest, old, current].map((secret) => accepts(secret, request));
    };
    expect(await takers(0)).toEqual([false, true, true]);
    expect((await seen()).at(-1)?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(await takers(24 * HOUR - 1000)).toEqual([false, true, true]);
    expect(await takers(24 * HOUR + 1000)).toEqual([false, false, true]);
    expect((await seen()).at(-1)?.headers['webhook-signature']).toMatch(/^v1,\S+$/);
  });

  it('of which the secret cannot be read any more fails, and its delivery says so', async () => {
    const { url, seen } = await inbox();
    const { id } = await channel(token, { type: 'webhook', url });
    const bindings = { JWT_SECRET: 'another-secret-another-secret-another' };
    const error = 'the notification could not be made';
    expect(await tested(id, bindings)).toMatchObject({ status: 'pending', last: { status: null, error } });
    expect(await seen()).toEqual([]);
  });
});

describe('a chat', () => {
  it('gets its message as JSON', async () => {
    for (const type of ['slack', 'teams'] as const) {
      const { url, seen } = await inbox();
      const { id } = await channel(token, { type, url });
      expect(await tested(id)).toMatchObject({ status: 'delivered' });
      const [request] = await seen();
      expect(Object.keys(JSON.parse(request?.body ?? ''))).toEqual(
        { slack: ['text', 'blocks'], teams: ['type', 'attachments'] }[type],
      );
      expect(request?.headers).not.toHaveProperty('webhook-signature');
    }
  });
});

describe('PagerDuty', () => {
  it('gets an event at the address of the settings, with the routing key', async () => {
    const { url, seen } = await inbox({ status: 202 });
    const { id } = await channel(token, { type: 'pagerduty', routing_key: ROUTING_KEY });
    expect(await tested(id, { PAGERDUTY_URL: url })).toMatchObject({ status: 'delivered', last: { status: 202 } });
    const [request] = await seen();
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      routing_key: ROUTING_KEY,
      event_action: 'trigger',
      dedup_key: `edgewatch/channel:${id}`,
    });
  });
});

describe('e-mail', () => {
  const to = ['soc@example.com', 'ana@example.com'];
  type Message = { from: string; to: string[]; subject: string; text: string; html: string };

  /** A binding that answers, or fails with this code; `sent` is what it was given. */
  function platform(code?: string) {
    const sent: Message[] = [];
    const send = async (message: Message) => {
      sent.push(message);
      if (code) throw Object.assign(new Error(`${code}: soc@example.com`), { code });
      return { messageId: 'm1' };
    };
    return { EMAIL: { send }, sent };
  }

  it('is sent by the platform, from the address of the settings', async () => {
    const { id } = await channel(token, { type: 'email', to });
    const { EMAIL, sent } = platform();
    expect(await tested(id, { EMAIL })).toMatchObject({ status: 'delivered', last: { status: null, error: null } });
    expect(sent).toMatchObject([{ from: 'edgewatch@example.com', to, subject: '🟠 Test: scan at sensor-1 (high)' }]);
    expect(sent[0]?.html).toContain('<!doctype html>');
  });

  it('is taken by the binding of the platform as it is', async () => {
    const { id } = await channel(token, { type: 'email', to });
    expect(await tested(id)).toMatchObject({ status: 'delivered', last: { status: null, error: null } });
  });

  it.each([
    ['there is no binding', undefined],
    ['the platform refuses for good', 'E_SENDER_NOT_VERIFIED'],
    ['the platform has sent enough today', 'E_DAILY_LIMIT_EXCEEDED'],
    ['the platform gives no code', 'destination address is not a verified address'],
  ])('is sent by the provider where %s', async (_, code) => {
    const { url, seen } = await inbox();
    const { id } = await channel(token, { type: 'email', to });
    const EMAIL = code && platform(code).EMAIL;
    const { status, id: delivery } = await tested(id, { EMAIL, EMAIL_HTTP_URL: url, EMAIL_HTTP_TOKEN: 'token-7431' });
    expect(status).toBe('delivered');
    const [request] = await seen();
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer token-7431',
      'idempotency-key': `msg_${delivery}`,
    });
    const body: Message = JSON.parse(request?.body ?? '');
    expect(Object.keys(body).sort()).toEqual(['from', 'html', 'subject', 'text', 'to']);
    expect(body).toMatchObject({ from: 'edgewatch@example.com', to });
  });

  it.each(['E_RATE_LIMIT_EXCEEDED', 'E_INTERNAL_SERVER_ERROR'])(
    'is tried again by the platform after %s',
    async (code) => {
      const { url, seen } = await inbox();
      const { id } = await channel(token, { type: 'email', to });
      const outcome = await tested(id, { EMAIL: platform(code).EMAIL, EMAIL_HTTP_URL: url });
      expect(outcome).toMatchObject({ status: 'pending', last: { status: null, error: `not sent: ${code}` } });
      expect(await seen()).toEqual([]);
      const { EMAIL, sent } = platform();
      expect(await tried(outcome.id, { EMAIL })).toMatchObject({ status: 'delivered' });
      expect(sent).toHaveLength(1);
    },
  );

  it('that neither sends has failed, and no addressee is in its error', async () => {
    const { id } = await channel(token, { type: 'email', to });
    const refused = await tested(id, { EMAIL: platform('E_RECIPIENT_NOT_ALLOWED').EMAIL });
    expect(refused.last?.error).toBe('not sent: E_RECIPIENT_NOT_ALLOWED');
    const none = await tested(id, { EMAIL: undefined });
    expect(none.last?.error).toBe('not sent: there is no binding for e-mail');
    expect((await tested(id, { EMAIL_FROM: '' })).last?.error).toBe('EMAIL_FROM is not set');
  });

  it('that the platform does not answer for ten seconds is tried again, by the platform', async () => {
    const { url, seen } = await inbox();
    const { id } = await channel(token, { type: 'email', to });
    const wait = globalThis.setTimeout;
    const sooner = (run: () => void, ms?: number) => wait(run, ms === 10_000 ? 0 : ms);
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(sooner as typeof setTimeout);
    const { status, last } = await tested(id, { EMAIL: { send: () => new Promise(() => {}) }, EMAIL_HTTP_URL: url });
    expect([status, last?.error]).toEqual(['pending', 'not sent: no answer within 10 seconds']);
    expect(await seen()).toEqual([]);
  });

  it('of a provider that is gone disables no channel', async () => {
    const { url } = await inbox({ status: 410 });
    const { id } = await channel(token, { type: 'email', to });
    expect(await tested(id, { EMAIL: undefined, EMAIL_HTTP_URL: url })).toMatchObject({ status: 'pending' });
    expect(await expectStatus(await ask('GET', `/${id}`, { token }), 200)).toMatchObject({ enabled: true });
  });
});
