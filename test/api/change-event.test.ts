import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { alertOf, auditOf, posted, raised, SCAN, storedAlerts } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { callWith, deliver, raise, silentQueue } from '../support/worker.ts';

let admin: string;
let analyst: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  analyst = await signedIn('analyst');
});

const change = (method: string, id: number, body: unknown, token = admin) =>
  call(method, `/api/v1/events/${id}`, { token, body });
const patched = async (id: number, body: unknown) => expectStatus(await change('PATCH', id, body), 200);
const stored = async (id: number) => expectStatus(await call('GET', `/api/v1/events/${id}`, { token: analyst }), 200);

describe('PUT', () => {
  it('replaces what the poster said, and nothing else', async () => {
    const said = { attributes: { a: 1 }, dedup_key: 'k', occurred_at: '2026-11-21T09:30:00Z', external_id: 'put-1' };
    const before = await posted(admin, said);
    const replacement = { source_name: 'fw-2', event_type: 'login', severity: 'Medium' };
    const after = await expectStatus(await change('PUT', before.id, replacement), 200);
    expect(after).toEqual({
      ...before,
      ...{ source: 'fw-2', event_type: 'login', severity: 'medium', description: '' },
      ...{ attributes: {}, dedup_key: null, occurred_at: null },
    });
    expect(await stored(before.id)).toEqual(after);
  });

  it('needs every required field and takes none that is read-only', async () => {
    const { id } = await posted(admin);
    const { errors } = await expectStatus(await change('PUT', id, { source: 'a', id: 7, timestamp: 'now' }), 400);
    const pointers = errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers).toEqual(['#/event_type', '#/severity', '#/id', '#/timestamp']);
  });
});

describe('PATCH', () => {
  it('changes what is given and keeps the rest', async () => {
    const before = await posted(admin, { attributes: { a: 1 }, dedup_key: 'k' });
    const after = await patched(before.id, {
      description: 'else',
      severity: 'MEDIUM',
      source_name: 'fw-3',
      dedup_key: null,
    });
    const changed = { description: 'else', severity: 'medium', source: 'fw-3', dedup_key: null };
    expect(after).toEqual({ ...before, ...changed });
    expect(await stored(before.id)).toEqual(after);
  });

  it('merges attributes: objects deeply, null removes, arrays replace', async () => {
    const attributes = { keep: 1, gone: 2, deep: { keep: true, gone: true }, list: [1, 2, 3], text: 'a' };
    const { id } = await posted(admin, { attributes });
    const patch = { gone: null, deep: { gone: null, added: { x: null, y: 1 } }, list: [4], text: { now: 'object' } };
    const after = await patched(id, { attributes: patch });
    const expected = { keep: 1, deep: { keep: true, added: { y: 1 } }, list: [4], text: { now: 'object' } };
    expect(after.attributes).toEqual(expected);
  });

  it('of nothing answers the event as it is', async () => {
    const before = await posted(admin, { attributes: { a: 1 } });
    expect(await patched(before.id, {})).toEqual(before);
    expect(await auditOf(`event:${before.id}`)).toEqual([]);
  });

  it('is refused when the attributes would pass 16 KB after the merge, and changes nothing', async () => {
    const before = await posted(admin, { attributes: { a: 'x'.repeat(9_000) } });
    const body = { description: 'else', attributes: { b: 'y'.repeat(9_000) } };
    const { errors } = await expectStatus(await change('PATCH', before.id, body), 400);
    expect(errors[0].pointer).toBe('#/attributes');
    expect(await stored(before.id)).toEqual(before);
    expect((await patched(before.id, { attributes: { a: null, b: 'y'.repeat(9_000) } })).attributes.b).toHaveLength(
      9_000,
    );
  });

  it('leaves its alert alone when it is refused', async () => {
    const { event } = await raised(admin, { attributes: { a: 'x'.repeat(9_000) } });
    const body = { severity: 'critical', attributes: { b: 'y'.repeat(9_000) } };
    await expectStatus(await change('PATCH', event.id, body), 400);
    expect(await alertOf(admin, event.id)).toMatchObject({ severity: 'high', version: 1 });
  });

  it('loses nothing when many patch different attributes at once', async () => {
    const { id } = await posted(admin);
    const keys = Array.from({ length: 10 }, (_, index) => `key${index}`);
    await Promise.all(keys.map((key) => patched(id, { attributes: { [key]: true } })));
    expect(Object.keys((await stored(id)).attributes).sort()).toEqual(keys);
  });

  it('needs JSON', async () => {
    const { id } = await posted(admin);
    const headers = { 'Content-Type': 'text/plain' };
    const body = '{"severity":"high"}';
    await expectStatus(await call('PATCH', `/api/v1/events/${id}`, { token: admin, body, headers }), 415);
    expect((await stored(id)).severity).toBe('low');
  });
});

describe('a severity that is changed', () => {
  it('from Low to High raises the alert of the event at once', async () => {
    const { id } = await posted(admin, { severity: 'low' });
    const { alert_id } = await patched(id, { severity: 'high' });
    expect(await alertOf(analyst, id)).toMatchObject({ id: alert_id });
    expect(await alertOf(analyst, id)).toMatchObject({ severity: 'high', event: { id, severity: 'high' } });
  });

  it('by PUT does the same', async () => {
    const { id } = await posted(admin, { severity: 'medium' });
    await expectStatus(await change('PUT', id, { ...SCAN, severity: 'critical' }), 200);
    expect(await alertOf(analyst, id)).toMatchObject({ severity: 'critical' });
    expect(await storedAlerts(id)).toBe(1);
  });

  it('from High to Critical raises the severity of the alert, with an audit row', async () => {
    const alert = await raised(admin, { severity: 'high' });
    await patched(alert.event.id, { severity: 'critical' });
    expect(await alertOf(analyst, alert.event.id)).toMatchObject({ severity: 'critical', version: alert.version + 1 });
    expect(await auditOf(`alert:${alert.id}`)).toMatchObject([
      {
        actor: 'user:admin',
        action: 'alert.follow_event',
        before: { severity: 'high' },
        after: { severity: 'critical' },
      },
    ]);
  });

  it('from Critical to Low lowers no alert and raises none again', async () => {
    const alert = await raised(admin, { severity: 'critical' });
    const { id } = alert.event;
    await patched(id, { severity: 'low' });
    await patched(id, { severity: 'high' });
    await deliver([raise(id)]);
    expect(await alertOf(analyst, id)).toMatchObject({ id: alert.id, severity: 'critical', version: alert.version });
    expect(await storedAlerts(id)).toBe(1);
  });

  it('to Low before its alert was raised leaves the alert owed: it is raised once', async () => {
    const body = { ...SCAN, severity: 'high' };
    const bindings = { ALERT_QUEUE: silentQueue };
    const { id } = await expectStatus(await callWith('POST', '/api/v1/events', { token: admin, body, bindings }), 201);
    await patched(id, { severity: 'low' });
    await deliver([raise(id)]);
    expect(await storedAlerts(id)).toBe(1);
  });
});

describe('DELETE', () => {
  it('removes the event and its alert, and the audit log keeps both', async () => {
    const alert = await raised(admin, { attributes: { a: [1] } });
    const { id } = alert.event;
    await expectStatus(await call('DELETE', `/api/v1/events/${id}`, { token: admin }), 204);
    for (const path of [`events/${id}`, `alerts/${alert.id}`]) {
      await expectStatus(await call('GET', `/api/v1/${path}`, { token: admin }), 404);
    }
    await expectStatus(await call('DELETE', `/api/v1/events/${id}`, { token: admin }), 404);
    const kept = { source: 'sensor-1', severity: 'high', attributes: { a: [1] }, alert_id: alert.id };
    expect(await auditOf(`event:${id}`)).toMatchObject([
      { actor: 'user:admin', action: 'event.delete', before: kept, after: null },
    ]);
    expect((await auditOf(`alert:${alert.id}`)).at(-1)).toMatchObject({
      action: 'alert.delete',
      before: { event_id: id },
    });
  });

  it('leaves the other events and alerts alone', async () => {
    const alerts = [await raised(admin), await raised(admin)];
    await expectStatus(await call('DELETE', `/api/v1/events/${alerts[0].event.id}`, { token: admin }), 204);
    expect(await alertOf(admin, alerts[1].event.id)).toEqual(alerts[1]);
  });
});

describe('a change', () => {
  it('is in the audit log with what it was and what it became', async () => {
    const { id } = await posted(admin, { attributes: { a: 1 } });
    await patched(id, { severity: 'medium', attributes: { b: 2 } });
    await expectStatus(await change('PUT', id, { ...SCAN, occurred_at: '2026-11-21T09:30:00Z' }), 200);
    expect(await auditOf(`event:${id}`)).toMatchObject([
      {
        ...{ actor: 'user:admin', action: 'event.update' },
        before: { severity: 'low', attributes: { a: 1 } },
        after: { severity: 'medium', attributes: { a: 1, b: 2 } },
      },
      {
        ...{ actor: 'user:admin', action: 'event.replace' },
        before: { severity: 'medium', attributes: { a: 1, b: 2 }, occurred_at: null },
        after: { severity: 'low', attributes: {}, occurred_at: Date.parse('2026-11-21T09:30:00Z') },
      },
    ]);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('is refused to everyone but an admin: %s', async (method) => {
    const { id } = await posted(admin);
    await expectStatus(await change(method, id, method === 'DELETE' ? undefined : SCAN, analyst), 403);
    expect(await auditOf(`event:${id}`)).toEqual([]);
  });

  it('that changes the source to one that has this external_id is a conflict', async () => {
    await posted(admin, { source: 'taken', external_id: 'same' });
    const { id } = await posted(admin, { source: 'free', external_id: 'same' });
    expect((await expectStatus(await change('PATCH', id, { source: 'taken' }), 409)).detail).toContain('external_id');
    expect((await stored(id)).source).toBe('free');
    expect(await auditOf(`event:${id}`)).toEqual([]);
  });
});
