import { beforeAll, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { alertOf, posted, raised, SCAN, storedAlerts } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
let analyst: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  analyst = await signedIn('analyst');
});

const get = async (path: string) => expectStatus(await call('GET', path, { token: analyst }), 200);

describe('an alert', () => {
  it.each(['HIGH', 'Critical'])('is raised once by the queue within five seconds of a %s event', async (severity) => {
    const event = await posted(admin, { severity, dedup_key: `scan of ${severity}` });
    const alert = await alertOf(admin, event.id);
    expect(alert).toMatchObject({
      event: { ...event, alert_id: alert.id },
      severity: severity.toLowerCase(),
      status: 'open',
      verdict: null,
      assignee: null,
      event_count: 1,
      first_seen: event.timestamp,
      last_seen: event.timestamp,
      dedup_key: `scan of ${severity}`,
      version: 1,
    });
    expect(await storedAlerts(event.id)).toBe(1);
  });

  it('is raised for each High and Critical event of a batch and for no other', async () => {
    const severities = ['low', 'high', 'medium', 'critical', 'low', 'high'];
    const body = severities.map((severity) => ({ ...SCAN, source: 'mixed', severity }));
    await expectStatus(await call('POST', '/api/v1/events/batch', { token: admin, body }), 200);
    const { data } = await vi.waitUntil(
      async () => {
        const page = await get('/api/v1/alerts?source=mixed&sort_order=asc');
        return page.data.length >= 3 && page;
      },
      { timeout: 5_000, interval: 50 },
    );
    expect(data.map((alert: { severity: string }) => alert.severity)).toEqual(['high', 'critical', 'high']);
    expect(data.map((alert: { event: { severity: string } }) => alert.event.severity)).toEqual([
      'high',
      'critical',
      'high',
    ]);
  });

  it('shows its version as ETag', async () => {
    const { id } = await raised(admin);
    const response = await call('GET', `/api/v1/alerts/${id}`, { token: analyst });
    expect(response.headers.get('ETag')).toBe('"v1"');
    const changed = await call('POST', `/api/v1/alerts/${id}/acknowledge`, { token: analyst });
    expect(changed.headers.get('ETag')).toBe('"v2"');
    expect((await expectStatus(changed, 200)).version).toBe(2);
  });
});

describe('the flow of a Django client', () => {
  it('finds its alerts by the old parameter names and spellings, within five seconds', async () => {
    const scan = { source_name: 'sensor-9', event_type: 'scan', description: 'Port scan detected' };
    const post = (severity: string) => call('POST', '/api/events/', { token: admin, body: { ...scan, severity } });
    const critical = await expectStatus(await post('CRITICAL'), 201);
    const high = await expectStatus(await post('High'), 201);
    const eventsIn = async (query: string) =>
      (await get(`/api/alerts/?${query}`)).data.map((alert: { event: { id: number } }) => alert.event.id);
    const soon = { timeout: 5_000, interval: 50 };
    await vi.waitUntil(
      async () => (await eventsIn('status=OPEN&event__severity=CRITICAL')).includes(critical.id),
      soon,
    );
    await vi.waitUntil(async () => (await eventsIn('severity=High&status=Open')).includes(high.id), soon);
    expect(await eventsIn('status=OPEN&event__severity=CRITICAL')).not.toContain(high.id);
  });

  it('acknowledges with PATCH as admin, not as analyst, and resolves as analyst', async () => {
    const { id } = await raised(admin);
    const patch = (token: string) => call('PATCH', `/api/alerts/${id}/`, { token, body: { status: 'ACK' } });
    await expectStatus(await patch(analyst), 403);
    expect((await expectStatus(await patch(admin), 200)).status).toBe('acknowledged');
    const resolved = await call('POST', `/api/v1/alerts/${id}/resolve/`, { token: analyst });
    expect((await expectStatus(resolved, 200)).status).toBe('resolved');
  });
});
