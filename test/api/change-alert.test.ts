import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, raised, storedAlerts } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { runCron } from '../support/worker.ts';

let admin: string;
let analyst: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  analyst = await signedIn('analyst');
  await signedIn('member');
});

type Options = { token?: string; method?: string; headers?: Record<string, string> };

const patch = (id: number, body: unknown, { token = admin, method = 'PATCH', headers = {} }: Options = {}) =>
  call(method, `/api/v1/alerts/${id}`, { token, body, headers });

const patched = async (id: number, body: unknown, options?: Options) =>
  expectStatus(await patch(id, body, options), 200);

describe("an admin's PATCH", () => {
  it('changes any field, and says in the audit log from what to what', async () => {
    const { id } = await raised(admin);
    const changes = { status: 'ACK', severity: 'LOW', verdict: 'benign', assignee: 'analyst' };
    expect(await patched(id, changes)).toMatchObject({
      ...{ status: 'acknowledged', severity: 'low', verdict: 'benign', assignee: 'analyst' },
      ...{ acknowledged_by: 'admin', version: 2 },
    });
    const [row] = await auditOf(`alert:${id}`);
    expect(row).toMatchObject({
      actor: 'user:admin',
      action: 'alert.update',
      before: { status: 'open', severity: 'high', verdict: null, assignee: null, version: 1 },
      after: { status: 'acknowledged', severity: 'low', verdict: 'benign', assignee: 'analyst', version: 2 },
    });
  });

  it('takes a verdict and an assignee away with null', async () => {
    const { id } = await raised(admin);
    await patched(id, { verdict: 'benign', assignee: 'analyst' });
    expect(await patched(id, { verdict: null, assignee: null })).toMatchObject({ verdict: null, assignee: null });
  });

  it('reopens a resolved alert, which forgets who acknowledged and resolved it', async () => {
    const { id } = await raised(admin);
    await patched(id, { status: 'resolved' });
    const reopened = {
      status: 'open',
      acknowledged_at: null,
      acknowledged_by: null,
      resolved_at: null,
      resolved_by: null,
    };
    expect(await patched(id, { status: 'OPEN' })).toMatchObject(reopened);
    await expectStatus(await call('POST', `/api/v1/alerts/${id}/acknowledge`, { token: analyst }), 200);
  });

  it('that moves the status against the lifecycle is a conflict', async () => {
    const { id } = await raised(admin);
    await patched(id, { status: 'acknowledged' });
    await expectStatus(await patch(id, { status: 'open' }), 409);
    await patched(id, { status: 'resolved' });
    await expectStatus(await patch(id, { status: 'acknowledged' }), 409);
  });

  it('of nothing answers the alert as it is', async () => {
    const { id } = await raised(admin);
    expect(await patched(id, {})).toMatchObject({ id, version: 1 });
    expect(await auditOf(`alert:${id}`)).toEqual([]);
  });

  it('refuses unknown fields, wrong values and people who cannot triage', async () => {
    const { id } = await raised(admin);
    const cases: [object, string][] = [
      [{ status: 'closed' }, '#/status'],
      [{ severity: 'none' }, '#/severity'],
      [{ verdict: 'guilty' }, '#/verdict'],
      [{ event: 3 }, '#/event'],
      [{ version: 9 }, '#/version'],
      [{ assignee: 'member' }, '#/assignee'],
      [{ assignee: 'nobody' }, '#/assignee'],
    ];
    for (const [body, pointer] of cases) {
      const { errors } = await expectStatus(await patch(id, body), 400);
      expect(errors).toEqual([{ pointer, detail: expect.any(String) }]);
    }
  });

  it('is refused to an analyst, as PUT and DELETE are', async () => {
    const { id } = await raised(admin);
    for (const method of ['PATCH', 'PUT']) {
      await expectStatus(await patch(id, { status: 'ACK' }, { token: analyst, method }), 403);
    }
    await expectStatus(await call('DELETE', `/api/v1/alerts/${id}`, { token: analyst }), 403);
  });
});

describe("an admin's PUT", () => {
  it('changes as PATCH does and requires a status', async () => {
    const { id } = await raised(admin);
    expect((await patched(id, { status: 'ACK' }, { method: 'PUT' })).status).toBe('acknowledged');
    const { errors } = await expectStatus(await patch(id, { verdict: 'benign' }, { method: 'PUT' }), 400);
    expect(errors[0].pointer).toBe('#/status');
  });
});

describe('If-Match', () => {
  it.each(['PATCH', 'PUT'])('lets %s change the version that was seen and no other', async (method) => {
    const { id } = await raised(admin);
    const change = (status: string, tag: string) => patch(id, { status }, { method, headers: { 'If-Match': tag } });
    await expectStatus(await change('acknowledged', '"v2"'), 412);
    await expectStatus(await change('acknowledged', '"v1"'), 200);
    const problem = await expectStatus(await change('resolved', '"v1"'), 412);
    expect(problem).toMatchObject({ type: '/problems#precondition_failed', detail: expect.stringContaining('"v2"') });
    await expectStatus(await change('resolved', '*'), 200);
  });

  it('is honoured by acknowledge, resolve and delete', async () => {
    const { id } = await raised(admin);
    const send = (method: string, path: string, tag: string) =>
      call(method, `/api/v1/alerts/${id}${path}`, { token: admin, headers: { 'If-Match': tag } });
    await expectStatus(await send('POST', '/acknowledge', '"v7"'), 412);
    await expectStatus(await send('POST', '/acknowledge', '"v1"'), 200);
    await expectStatus(await send('POST', '/resolve', '"v1"'), 412);
    await expectStatus(await send('POST', '/resolve', '"v2"'), 200);
    await expectStatus(await send('DELETE', '', '"v2"'), 412);
    await expectStatus(await send('DELETE', '', '"v3"'), 204);
    await expectStatus(await send('DELETE', '', '"v3"'), 404);
  });

  it('that is stale is 412 for a PATCH of nothing, too', async () => {
    const { id } = await raised(admin);
    await expectStatus(await patch(id, {}, { headers: { 'If-Match': '"v9"' } }), 412);
    await expectStatus(await patch(id, {}, { headers: { 'If-Match': '"v1"' } }), 200);
  });

  it.each(['v1', '1', '"1"', 'W/"v1"', '"v0"', '"v1", "v2"'])('that is malformed is 400: %s', async (tag) => {
    const { id } = await raised(admin);
    const { errors } = await expectStatus(await patch(id, { status: 'ACK' }, { headers: { 'If-Match': tag } }), 400);
    expect(errors[0].pointer).toBe('header/if-match');
  });
});

describe('DELETE', () => {
  it('removes the alert, and its event stays and raises no other', async () => {
    const alert = await raised(admin);
    await expectStatus(await call('DELETE', `/api/v1/alerts/${alert.id}`, { token: admin }), 204);
    await expectStatus(await call('GET', `/api/v1/alerts/${alert.id}`, { token: admin }), 404);
    await runCron();
    const event = await expectStatus(await call('GET', `/api/v1/events/${alert.event.id}`, { token: admin }), 200);
    expect(event.alert_id).toBeNull();
    expect(await storedAlerts(event.id)).toBe(0);
    const [row] = await auditOf(`alert:${alert.id}`);
    expect(row).toMatchObject({ action: 'alert.delete', before: { id: alert.id, severity: 'high' }, after: null });
  });
});
