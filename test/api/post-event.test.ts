import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { posted, SCAN, storedEvents } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
let member: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  member = await signedIn('member');
});

const post = (
  body: unknown,
  { token = admin, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
) => call('POST', '/api/v1/events', { token, body, headers });

describe('an event that is posted', () => {
  it('is stored as it was answered, and the answer says where', async () => {
    const response = await post({
      ...SCAN,
      severity: 'HIGH',
      attributes: { ports: [22, 80] },
      dedup_key: 'scan-of-22',
    });
    const event = await expectStatus(response, 201);
    expect(event).toMatchObject({
      ...SCAN,
      severity: 'high',
      attributes: { ports: [22, 80] },
      dedup_key: 'scan-of-22',
    });
    expect(Math.abs(Date.now() - Date.parse(event.timestamp))).toBeLessThan(10_000);
    const stored = await expectStatus(await call('GET', response.headers.get('Location') ?? '', { token: admin }), 200);
    expect({ ...stored, alert_id: null }).toEqual(event);
    expect(response.headers.get('Idempotency-Replayed')).toBeNull();
  });

  it.each(['low', 'LOW', 'Medium', 'High', 'CRITICAL', 'cRiTiCaL'])('may spell its severity %s', async (severity) => {
    expect((await posted(member, { severity })).severity).toBe(severity.toLowerCase());
  });

  it('may name its source by source_name, with a trailing slash in the path and under /api', async () => {
    const body = {
      source_name: 'sensor-1',
      event_type: 'scan',
      severity: 'CRITICAL',
      description: 'Port scan detected',
    };
    const event = await expectStatus(await call('POST', '/api/events/', { token: admin, body }), 201);
    expect(event).toMatchObject({ source: 'sensor-1', severity: 'critical' });
  });

  it('gets defaults for what it leaves out and has its source trimmed', async () => {
    const event = await expectStatus(await post({ source: '  fw-1 ', event_type: 'login', severity: 'low' }), 201);
    expect(event).toMatchObject({
      source: 'fw-1',
      description: '',
      attributes: {},
      occurred_at: null,
      external_id: null,
    });
  });

  it('tells the time of its sensor with any offset and gets UTC back', async () => {
    const event = await posted(admin, { occurred_at: '2026-11-21T10:30:00.5+01:00' });
    expect(event.occurred_at).toBe('2026-11-21T09:30:00.500Z');
    const stored = await expectStatus(await call('GET', `/api/v1/events/${event.id}`, { token: admin }), 200);
    expect(stored.occurred_at).toBe(event.occurred_at);
  });

  it('cannot say when Edgewatch took it in', async () => {
    const problem = await expectStatus(await post({ ...SCAN, timestamp: '2020-01-01T00:00:00Z' }), 400);
    expect(problem.errors).toEqual([{ pointer: '#/timestamp', detail: expect.any(String) }]);
  });

  it('keeps every character of its text', async () => {
    const text = `"quotes" 'single' \\ back  \u{1f6a8} ñ 漢字 \u202e line\nbreak`;
    const event = await posted(admin, { description: text, attributes: { [text]: [text, null, 1.5, true] } });
    const stored = await expectStatus(await call('GET', `/api/v1/events/${event.id}`, { token: admin }), 200);
    expect(stored).toMatchObject({ description: text, attributes: { [text]: [text, null, 1.5, true] } });
  });
});

describe('a sensor', () => {
  const added = async (name: string) =>
    expectStatus(await call('POST', '/api/v1/sensors', { token: admin, body: { name } }), 201);

  it('posts with its key, and its events carry its id', async () => {
    const sensor = await added('fw-1');
    const event = await posted(sensor.key, { severity: 'medium' });
    expect(event.sensor_id).toBe(sensor.id);
    const stored = await expectStatus(await call('GET', `/api/v1/events/${event.id}`, { token: admin }), 200);
    expect(stored.sensor_id).toBe(sensor.id);
  });

  it('is refused once it was revoked', async () => {
    const sensor = await added('fw-2');
    await expectStatus(await call('DELETE', `/api/v1/sensors/${sensor.id}`, { token: admin }), 204);
    const before = await storedEvents();
    const response = await post(SCAN, { token: sensor.key });
    expect((await expectStatus(response, 401)).detail).toContain('revoked');
    expect(await storedEvents()).toBe(before);
    await expectStatus(await call('DELETE', `/api/v1/sensors/${sensor.id}`, { token: admin }), 404);
  });

  it('has its key stored as a hash only', async () => {
    const { key } = await added('fw-3');
    const { results } = await env.DB.prepare('SELECT * FROM sensors, audit_rows').all();
    expect(JSON.stringify(results)).not.toContain(key);
  });
});
