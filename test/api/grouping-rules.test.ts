import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, posted } from '../support/events.ts';
import { ruled } from '../support/grouping.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
let member: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  member = await signedIn('member');
});

const RULES = '/api/v1/grouping-rules';
const read = async (path: string) => expectStatus(await call('GET', `${RULES}${path}`, { token: member }), 200);
const patch = (id: number, body: unknown) => call('PATCH', `${RULES}/${id}`, { token: admin, body });
const remove = async (id: number) => expectStatus(await call('DELETE', `${RULES}/${id}`, { token: admin }), 204);
const order = async () => (await read('')).data.map(({ id }: { id: number }) => id);
const places = async () => (await read('')).data.map(({ position }: { position: number }) => position);

describe('a grouping rule', () => {
  it('is added with defaults, read by all, and says in the audit log who added it', async () => {
    const rule = await ruled(admin, { name: ' One per host ', fields: ['source', 'attributes.host'] });
    expect(rule).toEqual({
      ...{ id: expect.any(Number), name: 'One per host', position: 1, matchers: [] },
      ...{ fields: ['source', 'attributes.host'], window_seconds: 3_600, enabled: true },
      ...{ created_by: 'user:admin', created_at: expect.any(String), updated_at: rule.created_at },
    });
    expect(await read(`/${rule.id}`)).toEqual(rule);
    expect(await auditOf(`grouping_rule:${rule.id}`)).toMatchObject([
      { actor: 'user:admin', action: 'grouping_rule.create', after: { name: 'One per host' } },
    ]);
    await remove(rule.id);
  });

  it('is changed by what is given, and an empty patch changes nothing', async () => {
    const rule = await ruled(admin);
    expect(await expectStatus(await patch(rule.id, {}), 200)).toEqual(rule);
    const body = { enabled: false, window_seconds: 60, matchers: [{ field: 'source', op: 'eq', value: 'a' }] };
    const changed = await expectStatus(await patch(rule.id, body), 200);
    expect(changed).toEqual({ ...rule, ...body, updated_at: changed.updated_at });
    expect((await auditOf(`grouping_rule:${rule.id}`)).at(-1)).toMatchObject({
      action: 'grouping_rule.update',
      before: { enabled: 1, window_seconds: 3_600 },
      after: { enabled: 0, window_seconds: 60 },
    });
    await remove(rule.id);
  });

  it('moves up and down, and the others make room; what is deleted leaves no gap', async () => {
    const [a, b, c, d] = [await ruled(admin), await ruled(admin), await ruled(admin), await ruled(admin)].map(
      ({ id }) => id,
    );
    expect(await order()).toEqual([a, b, c, d]);
    expect(await expectStatus(await patch(d, { position: 2 }), 200)).toMatchObject({ position: 2 });
    expect(await order()).toEqual([a, d, b, c]);
    expect(await expectStatus(await patch(a, { position: 3 }), 200)).toMatchObject({ position: 3 });
    expect(await order()).toEqual([d, b, a, c]);
    expect(await expectStatus(await patch(d, { position: 100 }), 200)).toMatchObject({ position: 4 });
    expect(await order()).toEqual([b, a, c, d]);
    await remove(a);
    expect([await order(), await places()]).toEqual([
      [b, c, d],
      [1, 2, 3],
    ]);
    for (const id of [b, c, d]) await remove(id);
  });

  it('is one of a hundred at most', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, () => ruled(admin)));
    expect(new Set(await places()).size).toBe(100);
    const body = { name: 'One more', fields: ['source'] };
    await expectStatus(await call('POST', RULES, { token: admin, body }), 409);
    await Promise.all(all.map(({ id }) => remove(id)));
  });

  it('that is not there cannot be read, changed or deleted', async () => {
    await expectStatus(await call('GET', `${RULES}/999999`, { token: admin }), 404);
    await expectStatus(await patch(999_999, { name: 'x' }), 404);
    await expectStatus(await call('DELETE', `${RULES}/999999`, { token: admin }), 404);
    expect(await auditOf('grouping_rule:999999')).toEqual([]);
  });

  const matcher = (more: object) => ({ field: 'source', op: 'eq', value: 'a', ...more });
  it.each([
    [{ fields: ['source'] }, '#/name'],
    [{ name: 'x' }, '#/fields'],
    [{ name: 'x', fields: [] }, '#/fields'],
    [{ name: 'x', fields: ['source', 'source'] }, '#/fields'],
    [{ name: 'x', fields: ['description'] }, '#/fields/0'],
    [{ name: 'x', fields: ['source', 'attributes'] }, '#/fields/1'],
    [{ name: 'x', fields: Array.from({ length: 11 }, (_, n) => `attributes.a${n}`) }, '#/fields'],
    [{ name: 'x', fields: ['source'], window_seconds: 59 }, '#/window_seconds'],
    [{ name: 'x', fields: ['source'], window_seconds: 604_801 }, '#/window_seconds'],
    [{ name: 'x', fields: ['source'], matchers: [matcher({ op: 'like' })] }, '#/matchers/0/op'],
    [{ name: 'x', fields: ['source'], matchers: [matcher({ op: 'in' })] }, '#/matchers/0/value'],
    [{ name: 'x', fields: ['source'], position: 1 }, '#/position'],
  ])('is refused with the field named: %j', async (body, pointer) => {
    const { errors } = await expectStatus(await call('POST', RULES, { token: admin, body }), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('the preview of a rule', () => {
  it('tells how the newest events would group, the largest group first', async () => {
    const of = (host: string | undefined, more = {}) =>
      posted(admin, { event_type: 'try', attributes: { host }, ...more });
    for (const host of ['web', 'web', 'db', undefined]) await of(host);
    await of('web', { dedup_key: 'own' });
    const body = { matchers: [{ field: 'event_type', op: 'eq', value: 'try' }], fields: ['attributes.host'] };
    const preview = await expectStatus(await call('POST', `${RULES}/preview`, { token: member, body }), 200);
    expect(preview).toMatchObject({ events: expect.any(Number), matching: 4, group_count: 3 });
    expect(preview.groups[0]).toEqual({ values: { 'attributes.host': 'web' }, events: 2 });
    expect(preview.groups).toContainEqual({ values: { 'attributes.host': null }, events: 1 });
  });
});
