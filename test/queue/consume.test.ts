import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEAD_LETTER_QUEUE } from '../../src/queue/messages.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, SCAN, storedAlerts } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { callWith, deliver, raise, silentQueue } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  vi.spyOn(console, 'error').mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

/** An event that owes an alert and of which no message is under way. */
async function owing(): Promise<number> {
  const body = { ...SCAN, severity: 'high' };
  const bindings = { ALERT_QUEUE: silentQueue };
  return (await expectStatus(await callWith('POST', '/api/v1/events', { token: admin, body, bindings }), 201)).id;
}

const acked = (...ids: string[]) => ({ explicitAcks: ids, retryMessages: [], ackAll: false });

describe('a message', () => {
  it('raises the alert of each event that it names', async () => {
    const ids = [await owing(), await owing()];
    expect(await deliver([raise(...ids)])).toMatchObject({ outcome: 'ok', ...acked('m0') });
    for (const id of ids) expect(await storedAlerts(id)).toBe(1);
  });

  it('that comes again changes nothing', async () => {
    const id = await owing();
    await deliver([raise(id)]);
    const before = await auditOf('alerts');
    expect(await deliver([raise(id)])).toMatchObject(acked('m0'));
    expect(await storedAlerts(id)).toBe(1);
    expect(await auditOf('alerts')).toEqual(before);
  });

  it('that comes twice at once, and twice in one delivery, raises once', async () => {
    const id = await owing();
    const results = await Promise.all(Array.from({ length: 5 }, () => deliver([raise(id, id), raise(id)])));
    for (const result of results) expect(result).toMatchObject(acked('m0', 'm1'));
    expect(await storedAlerts(id)).toBe(1);
  });

  it('of an event that is gone is passed over, and its neighbours are raised', async () => {
    const [gone, left] = [await owing(), await owing()];
    await expectStatus(await call('DELETE', `/api/v1/events/${gone}`, { token: admin }), 204);
    expect(await deliver([raise(gone, 999_999), raise(gone, left)])).toMatchObject(acked('m0', 'm1'));
    expect(await storedAlerts(gone)).toBe(0);
    expect(await storedAlerts(left)).toBe(1);
  });

  it('leaves one audit row a delivery, which names the alerts', async () => {
    const before = (await auditOf('alerts')).length;
    const ids = [await owing(), await owing(), await owing()];
    await deliver([raise(...ids.slice(0, 2)), raise(...ids.slice(2))]);
    const [row, ...rest] = (await auditOf('alerts')).slice(before);
    expect(rest).toEqual([]);
    const { results } = await env.DB.prepare('SELECT id FROM alerts ORDER BY id DESC LIMIT 3').all<{ id: number }>();
    const alerts = results.map(({ id }) => id).reverse();
    expect(row).toMatchObject({ actor: 'system:queue', action: 'alert.raise', after: { alerts } });
  });
});

describe('a message that cannot be read', () => {
  it.each([
    ['text', 'hello'],
    ['nothing', null],
    ['another type', { type: 'raise_everything', event_ids: [1] }],
    ['an id that is none', { type: 'raise_alerts', event_ids: ['1; DROP TABLE alerts'] }],
    ['no ids', { type: 'raise_alerts', event_ids: [] }],
    ['a further field', { ...raise(1), admin: true }],
  ])('is recorded and acked while the good ones are raised: %s', async (_, body) => {
    const id = await owing();
    const before = (await auditOf('message:m1')).length;
    expect(await deliver([raise(id), body])).toMatchObject({ retryMessages: [] });
    expect(await storedAlerts(id)).toBe(1);
    const [row] = (await auditOf('message:m1')).slice(before);
    const after = { queue: 'edgewatch-alerts', attempts: 1, body: JSON.stringify(body) };
    expect(row).toMatchObject({ actor: 'system:queue', action: 'queue.dead_letter', after });
  });

  it('is acked like the good one', async () => {
    const { explicitAcks } = await deliver([{}, raise(await owing())]);
    expect(explicitAcks.sort()).toEqual(['m0', 'm1']);
  });
});

describe('while the database fails', () => {
  const broken = { DB: brokenDb(OVERLOADED) };

  it.each([1, 2, 5, 8, 9, 100])('every message is retried later, each time longer: attempt %i', async (attempts) => {
    const result = await deliver([raise(1), raise(2), 'unreadable'], { attempts, bindings: broken });
    const delaySeconds = Math.min(2 ** attempts, 300);
    expect(result.outcome).toBe('ok');
    expect(result.explicitAcks).toEqual([]);
    expect(result.retryMessages).toHaveLength(3);
    expect(result.delays).toEqual([delaySeconds, delaySeconds, delaySeconds]);
  });

  it('a dead letter is retried, too', async () => {
    const result = await deliver([raise(1)], { queue: DEAD_LETTER_QUEUE, attempts: 1, bindings: broken });
    expect(result).toMatchObject({ explicitAcks: [], retryMessages: [{ msgId: 'm0' }], delays: [2] });
  });
});

describe('a dead letter', () => {
  it('is recorded with its body and acked', async () => {
    const letters = [raise(1, 2), 'text', { large: 'x'.repeat(10_000) }];
    const result = await deliver(letters, { queue: DEAD_LETTER_QUEUE, attempts: 6 });
    expect(result).toMatchObject(acked('m0', 'm1', 'm2'));
    const [first, large] = [(await auditOf('message:m0')).at(-1), (await auditOf('message:m2')).at(-1)];
    const after = { queue: DEAD_LETTER_QUEUE, attempts: 6, body: JSON.stringify(letters[0]) };
    expect(first).toMatchObject({ action: 'queue.dead_letter', after });
    expect(JSON.stringify(large?.after).length).toBeLessThan(5_000);
  });
});
