import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { channelTo } from '../support/deliveries.ts';
import { from, policed, step } from '../support/escalation.ts';
import { auditOf } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
let member: string;
let channel: number;
beforeAll(async () => {
  admin = await signedIn('admin');
  member = await signedIn('member');
  channel = await channelTo('http://a');
});

const POLICIES = '/api/v1/escalation-policies';
const read = async (path: string) => expectStatus(await call('GET', `${POLICIES}${path}`, { token: member }), 200);
const patch = (id: number, body: unknown) => call('PATCH', `${POLICIES}/${id}`, { token: admin, body });
const remove = async (id: number) => expectStatus(await call('DELETE', `${POLICIES}/${id}`, { token: admin }), 204);
const order = async () => (await read('')).data.map(({ id }: { id: number }) => id);
const places = async () => (await read('')).data.map(({ position }: { position: number }) => position);

describe('an escalation policy', () => {
  it('is added with defaults, read by all, and says in the audit log who added it', async () => {
    const policy = await policed(admin, {
      ...{ name: ' On call ', steps: [step(0, channel)], targets: { critical: { acknowledge_seconds: 300 } } },
    });
    const none = { acknowledge_seconds: null, resolve_seconds: null };
    expect(policy).toEqual({
      ...{ id: expect.any(Number), name: 'On call', position: 1, matchers: [], enabled: true },
      ...{ steps: [step(0, channel)], gone_channel_ids: [], repeat: { count: 0, after_seconds: 3_600 } },
      targets: { critical: { ...none, acknowledge_seconds: 300 }, high: none },
      ...{ created_by: 'user:admin', created_at: expect.any(String), updated_at: policy.created_at },
    });
    expect(await read(`/${policy.id}`)).toEqual(policy);
    expect(await auditOf(`escalation_policy:${policy.id}`)).toMatchObject([
      { actor: 'user:admin', action: 'escalation_policy.create', after: { name: 'On call' } },
    ]);
    await remove(policy.id);
  });

  it('is changed by what is given, as it reads, and an empty patch changes nothing', async () => {
    const policy = await policed(admin, { steps: [step(60, channel)] });
    expect(await expectStatus(await patch(policy.id, {}), 200)).toEqual(policy);
    const body = {
      ...{ matchers: from('pay'), steps: [step(0, channel), step(60, channel)], enabled: false },
      ...{ repeat: { count: 3, after_seconds: 600 }, targets: { ...policy.targets, high: { resolve_seconds: 60 } } },
    };
    const changed = await expectStatus(await patch(policy.id, body), 200);
    const targets = { ...policy.targets, high: { acknowledge_seconds: null, resolve_seconds: 60 } };
    expect(changed).toEqual({ ...policy, ...body, targets, updated_at: changed.updated_at });
    expect((await auditOf(`escalation_policy:${policy.id}`)).at(-1)).toMatchObject({
      action: 'escalation_policy.update',
      before: { enabled: 1, repeat_count: 0 },
      after: { enabled: 0, repeat_count: 3 },
    });
    await remove(policy.id);
  });

  it('is put at its place, moves, and leaves no gap', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 3; n++) ids.push((await policed(admin)).id);
    const [a = 0, b = 0, c = 0] = ids;
    const between = await policed(admin, { position: 2 });
    expect(between.position).toBe(2);
    expect(await order()).toEqual([a, between.id, b, c]);
    const last = await policed(admin, { position: 100 });
    expect(last.position).toBe(5);
    expect(await expectStatus(await patch(last.id, { position: 1 }), 200)).toMatchObject({ position: 1 });
    await remove(a);
    expect([await order(), await places()]).toEqual([
      [last.id, between.id, b, c],
      [1, 2, 3, 4],
    ]);
    for (const id of [last.id, between.id, b, c]) await remove(id);
  });

  it('is one of a hundred at most', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, () => policed(admin)));
    expect(new Set(await places()).size).toBe(100);
    await expectStatus(await call('POST', POLICIES, { token: admin, body: { name: 'One more', position: 1 } }), 409);
    expect(await places()).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    for (const { id } of all) await remove(id);
  });

  it('that is not there cannot be read, changed or deleted', async () => {
    await expectStatus(await call('GET', `${POLICIES}/999999`, { token: admin }), 404);
    await expectStatus(await patch(999_999, { name: 'x' }), 404);
    await expectStatus(await call('DELETE', `${POLICIES}/999999`, { token: admin }), 404);
  });

  it('tells which of its channels are gone, and can be changed still', async () => {
    const lost = await channelTo('http://lost');
    const policy = await policed(admin, { steps: [step(0, channel, lost)] });
    await env.DB.prepare('DELETE FROM channels WHERE id = ?').bind(lost).run();
    expect((await read(`/${policy.id}`)).gone_channel_ids).toEqual([lost]);
    expect(await expectStatus(await patch(policy.id, { name: 'y' }), 200)).toMatchObject({ gone_channel_ids: [lost] });
    const { errors } = await expectStatus(await patch(policy.id, { steps: policy.steps }), 400);
    expect(errors).toEqual([{ pointer: '#/steps/0/channel_ids/1', detail: 'must be the id of a channel' }]);
    await remove(policy.id);
  });

  const many = (length: number) => Array.from({ length }, (_, index) => index + 1);
  it.each([
    [{ name: '' }, '#/name'],
    [{ name: 'x', steps: [step(0, 999_999)] }, '#/steps/0/channel_ids/0'],
    [{ name: 'x', steps: [step(0)] }, '#/steps/0/channel_ids'],
    [{ name: 'x', steps: [step(0, 1, 1)] }, '#/steps/0/channel_ids'],
    [{ name: 'x', steps: [step(0, ...many(21))] }, '#/steps/0/channel_ids'],
    [{ name: 'x', steps: [step(60, 1), step(60, 1)] }, '#/steps/1/after_seconds'],
    [{ name: 'x', steps: [step(0, 1), step(60, 1), step(30, 1)] }, '#/steps/2/after_seconds'],
    [{ name: 'x', steps: [step(-1, 1)] }, '#/steps/0/after_seconds'],
    [{ name: 'x', steps: [step(604_801, 1)] }, '#/steps/0/after_seconds'],
    [{ name: 'x', steps: many(11).map((n) => step(n, 1)) }, '#/steps'],
    [{ name: 'x', repeat: { count: 11, after_seconds: 60 } }, '#/repeat/count'],
    [{ name: 'x', repeat: { count: 1, after_seconds: 59 } }, '#/repeat/after_seconds'],
    [{ name: 'x', targets: { high: { acknowledge_seconds: 59 } } }, '#/targets/high/acknowledge_seconds'],
    [{ name: 'x', targets: { high: { resolve_seconds: 2_592_001 } } }, '#/targets/high/resolve_seconds'],
    [
      { name: 'x', targets: { critical: { acknowledge_seconds: 120, resolve_seconds: 60 } } },
      '#/targets/critical/resolve_seconds',
    ],
    [{ name: 'x', targets: { low: { resolve_seconds: 60 } } }, '#/targets/low'],
    [{ name: 'x', matchers: [{ field: 'description', op: 'eq', value: 'a' }] }, '#/matchers/0/field'],
    [{ name: 'x', position: 0 }, '#/position'],
    [{ name: 'x', delay: 1 }, '#/delay'],
  ])('is refused with the field named: %j', async (body, pointer) => {
    const { errors } = await expectStatus(await call('POST', POLICIES, { token: admin, body }), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('the preview', () => {
  const preview = async (body: object) =>
    expectStatus(await call('POST', `${POLICIES}/preview`, { token: member, body }), 200);

  it('tells which policy an event would have, and what would be sent when', async () => {
    const off = await channelTo('http://off');
    await env.DB.prepare('UPDATE channels SET enabled = 0 WHERE id = ?').bind(off).run();
    const disabled = await policed(admin, { enabled: false });
    const policy = await policed(admin, {
      ...{ name: 'Web', matchers: [{ field: 'attributes.host', op: 'eq', value: 'web' }] },
      ...{ steps: [step(60, channel), step(120, off)], repeat: { count: 1, after_seconds: 300 } },
      targets: { critical: { acknowledge_seconds: 300, resolve_seconds: 600 } },
    });
    const rest = await policed(admin, { name: 'Rest' });
    const event = { source: 's', event_type: 'scan', severity: 'CRITICAL' };
    const [on, out] = [channel, off].map((id) => [
      { id, name: expect.any(String), state: id === off ? 'disabled' : 'enabled' },
    ]);
    const sent = (after_seconds: number, kind: string, [at, round]: [number, number], channels: unknown) => ({
      ...{ after_seconds, kind, step: at, round, channels },
    });
    expect(await preview({ ...event, attributes: { host: 'web' } })).toEqual({
      policy: { id: policy.id, name: 'Web' },
      sends: [
        sent(60, 'alert.raised', [1, 1], on),
        sent(120, 'alert.escalated', [2, 1], out),
        sent(420, 'alert.escalated', [1, 2], on),
        sent(480, 'alert.escalated', [2, 2], out),
      ],
      targets: { acknowledge_seconds: 300, resolve_seconds: 600 },
    });
    expect(await preview(event)).toMatchObject({ policy: { id: rest.id }, sends: [] });
    await remove(rest.id);
    const none = { acknowledge_seconds: null, resolve_seconds: null };
    expect(await preview(event)).toEqual({ policy: null, sends: [], targets: none });
    for (const id of [disabled.id, policy.id]) await remove(id);
  });

  it('is of what raises an alert', async () => {
    const body = { source: 's', event_type: 'scan', severity: 'low' };
    const { errors } = await expectStatus(await call('POST', `${POLICIES}/preview`, { token: member, body }), 400);
    expect(errors[0].pointer).toBe('#/severity');
  });
});
