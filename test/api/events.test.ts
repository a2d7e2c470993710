import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const scan = { source: 'sensor-1', event_type: 'scan', severity: 'LOW', description: 'Port scan detected' };

describe('POST /events', () => {
  it('stores an event and says where it is', async () => {
    const response = await call('POST', '/api/v1/events', { token: admin, body: scan });
    const event = await expectStatus(response, 201);
    expect(event).toMatchObject({ ...scan, severity: 'low', alert_id: null, attributes: {} });
    expect(response.headers.get('Location')).toBe(`/api/v1/events/${event.id}`);
    const stored = await expectStatus(await call('GET', `/api/v1/events/${event.id}`, { token: admin }), 200);
    expect(stored).toEqual(event);
  });
});
