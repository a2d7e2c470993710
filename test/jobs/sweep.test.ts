import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { alertOf, auditOf, SCAN, storedAlerts } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { brokenQueue, callWith, deliver, raise, runCron, silentQueue } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

async function postWith(queue: Queue, fields: object = {}): Promise<number> {
  const bindings = { ALERT_QUEUE: queue };
  const body = { ...SCAN, severity: 'critical', ...fields };
  return (await expectStatus(await callWith('POST', '/api/v1/events', { token: admin, body, bindings }), 201)).id;
}

const oldestPending = async () =>
  (await expectStatus(await call('GET', '/health'), 200)).oldest_pending_seconds as number;

describe('a send that', () => {
  it('fails does not fail the post, and the sweep raises the alert', async () => {
    const id = await postWith(brokenQueue);
    expect(await storedAlerts(id)).toBe(0);
    await runCron();
    expect(await alertOf(admin, id)).toMatchObject({ severity: 'critical', status: 'open', event: { id } });
  });

  it('vanishes is made good by the sweep', async () => {
    const ids = [await postWith(silentQueue), await postWith(silentQueue, { severity: 'high' })];
    const low = await postWith(silentQueue, { severity: 'medium' });
    await runCron();
    for (const id of ids) expect(await storedAlerts(id)).toBe(1);
    expect(await storedAlerts(low)).toBe(0);
  });

  it('fails after a severity was raised is made good, too', async () => {
    const id = await postWith(silentQueue, { severity: 'low' });
    const change = { token: admin, body: { severity: 'high' }, bindings: { ALERT_QUEUE: brokenQueue } };
    await expectStatus(await callWith('PATCH', `/api/v1/events/${id}`, change), 200);
    await runCron();
    expect(await storedAlerts(id)).toBe(1);
  });
});

describe('the sweep', () => {
  it('changes nothing when it runs again, or beside itself, or beside the queue', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => postWith(silentQueue)));
    await Promise.all([runCron(), runCron(), deliver([raise(...ids)])]);
    const before = [await storedAlerts(), (await auditOf('alerts')).length];
    for (const id of ids) expect(await storedAlerts(id)).toBe(1);
    await runCron();
    expect([await storedAlerts(), (await auditOf('alerts')).length]).toEqual(before);
  });

  it('raises more than a thousand in one run, each once, and says so in the audit log', async () => {
    const before = await storedAlerts();
    const audited = (await auditOf('alerts')).length;
    for (let batch = 0; batch < 3; batch++) {
      const body = Array.from({ length: 900 }, (_, index) => ({ ...SCAN, severity: index % 2 ? 'high' : 'critical' }));
      const bindings = { ALERT_QUEUE: silentQueue };
      await expectStatus(await callWith('POST', '/api/v1/events/batch', { token: admin, body, bindings }), 200);
    }
    await runCron();
    expect(await storedAlerts()).toBe(before + 2_700);
    const rows = (await auditOf('alerts')).slice(audited);
    const named = rows.flatMap(({ after }) => after?.alerts as number[]);
    expect(new Set(named).size).toBe(2_700);
    for (const { actor } of rows) expect(actor).toBe('system:cron');
    const { results } = await env.DB.prepare("SELECT id FROM events WHERE alert_state = 'pending'").all();
    expect(results).toEqual([]);
  });

  it('passes over the event whose alert was deleted', async () => {
    const id = await postWith(silentQueue);
    await runCron();
    const alert = await alertOf(admin, id);
    await expectStatus(await call('DELETE', `/api/v1/alerts/${alert.id}`, { token: admin }), 204);
    await runCron();
    expect(await storedAlerts(id)).toBe(0);
  });

  it('finds what is posted under the id of the newest event, which was deleted', async () => {
    const id = await postWith(silentQueue, { severity: 'low' });
    await runCron();
    await expectStatus(await call('DELETE', `/api/v1/events/${id}`, { token: admin }), 204);
    expect(await postWith(silentQueue)).toBe(id);
    await runCron();
    expect(await storedAlerts(id)).toBe(1);
  });

  it('looks at each event once: what it has seen it does not read again', async () => {
    const idleMinute = async () => {
      await runCron();
      const { db, cost } = countedDb(env.DB);
      await runCron('* * * * *', { DB: db });
      return cost;
    };
    const before = await idleMinute();
    for (let n = 0; n < 5; n++) await postWith(silentQueue, { severity: 'low' });
    const after = await idleMinute();
    expect(after.rowsRead).toBeLessThanOrEqual(before.rowsRead);
    expect(after.rowsWritten).toBe(0);
  });

  it('fails aloud when the database does, and leaves everything owed', async () => {
    const id = await postWith(silentQueue);
    await expect(runCron('* * * * *', { DB: brokenDb(OVERLOADED) })).rejects.toThrow();
    await runCron();
    expect(await storedAlerts(id)).toBe(1);
  });

  it('is one of the crons: another one fails', async () => {
    await expect(runCron('0 0 * * *')).rejects.toThrow('0 0 * * *');
  });
});

describe('the health', () => {
  it('tells how long the oldest owed alert has waited', async () => {
    await runCron();
    expect(await oldestPending()).toBe(0);
    const id = await postWith(silentQueue);
    const minutesAgo = Date.now() - 5 * 60_000;
    await env.DB.prepare('UPDATE events SET timestamp = ? WHERE id = ?').bind(minutesAgo, id).run();
    expect(Math.abs((await oldestPending()) - 300)).toBeLessThan(10);
    await runCron();
    expect(await oldestPending()).toBe(0);
  });
});
