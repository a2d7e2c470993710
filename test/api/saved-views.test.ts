import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

type View = { id: number; name: string; default: boolean };

let admin: string;
let ana: string;
let max: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  ana = await signedIn('analyst', 'ana');
  max = await signedIn('member', 'max');
});

const VIEWS = '/api/v1/views';
const post = (token: string, fields: object) =>
  call('POST', VIEWS, { token, body: { screen: 'alerts', name: crypto.randomUUID(), query: '', ...fields } });
const saved = async (token: string, fields: object = {}) => expectStatus(await post(token, fields), 201);
const get = (token: string, id: number) => call('GET', `${VIEWS}/${id}`, { token });
const patch = (token: string, id: number, body: object) => call('PATCH', `${VIEWS}/${id}`, { token, body });
const remove = (token: string, id: number) => call('DELETE', `${VIEWS}/${id}`, { token });
const list = async (token: string, query = ''): Promise<View[]> =>
  (await expectStatus(await call('GET', `${VIEWS}?limit=100&${query}`, { token }), 200)).data;
const ids = async (token: string, query = '') => (await list(token, query)).map(({ id }) => id);

describe('a saved view', () => {
  it('is kept as it was said, read by its owner, and says in the audit log who saved it', async () => {
    const view = await saved(ana, { name: ' Night shift ', query: 'status=open&severity=critical' });
    expect(view).toEqual({
      ...{ id: expect.any(Number), owner: 'ana', screen: 'alerts', name: 'Night shift' },
      ...{ query: 'status=open&severity=critical', shared: false, default: false },
      ...{ created_at: expect.any(String), updated_at: view.created_at },
    });
    expect(await expectStatus(await get(ana, view.id), 200)).toEqual(view);
    expect(await auditOf(`view:${view.id}`)).toMatchObject([
      { actor: 'user:ana', action: 'view.create', after: { name: 'Night shift', screen: 'alerts' } },
    ]);
  });

  it.each([
    ['?status=open&severity=high%2Ccritical', 'status=open&severity=high%2Ccritical'],
    ['status=open&severity=high,critical', 'status=open&severity=high%2Ccritical'],
    ['search=port scan&x', 'search=port+scan&x='],
    ['search=Zürich', 'search=Z%C3%BCrich'],
    ['', ''],
  ])('keeps the query %j as browsers write it, and takes that again', async (query, canonical) => {
    const view = await saved(ana, { query });
    expect(view.query).toBe(canonical);
    expect(await expectStatus(await patch(ana, view.id, { query: canonical }), 200)).toMatchObject({
      query: canonical,
    });
  });

  it('is changed by what is given and deleted, with audit rows; an empty patch changes nothing', async () => {
    const view = await saved(ana, { query: 'status=open' });
    expect(await expectStatus(await patch(ana, view.id, {}), 200)).toEqual(view);
    const changed = await expectStatus(await patch(ana, view.id, { name: 'Mine', shared: true }), 200);
    expect(changed).toEqual({ ...view, name: 'Mine', shared: true, updated_at: changed.updated_at });
    await expectStatus(await remove(ana, view.id), 204);
    await expectStatus(await get(ana, view.id), 404);
    await expectStatus(await remove(ana, view.id), 404);
    expect(await auditOf(`view:${view.id}`)).toMatchObject([
      { action: 'view.create' },
      { action: 'view.update', before: { name: view.name, shared: 0 }, after: { name: 'Mine', shared: 1 } },
      { action: 'view.delete', before: { name: 'Mine', query: 'status=open' }, after: null },
    ]);
  });

  it('has a name that its owner gave no other view of the screen', async () => {
    const { id } = await saved(ana, { name: 'Twice' });
    await expectStatus(await post(ana, { name: 'Twice' }), 409);
    await saved(ana, { name: 'Twice', screen: 'events' });
    await saved(max, { name: 'Twice' });
    const other = await saved(ana);
    await expectStatus(await patch(ana, other.id, { name: 'Twice' }), 409);
    await expectStatus(await patch(ana, id, { name: 'Twice' }), 200);
  });

  it.each([
    ['another screen', { screen: 'users' }, '#/screen'],
    ['no name', { name: '' }, '#/name'],
    ['a long name', { name: 'x'.repeat(101) }, '#/name'],
    ['a long query', { query: 'x'.repeat(2_001) }, '#/query'],
    ['a query that is long when encoded', { query: `search=${'ü'.repeat(400)}` }, '#/query'],
    ['a control character', { query: 'search=a\u0000b' }, '#/query'],
    ['an encoded control character', { query: 'search=a%00b' }, '#/query'],
    ['a line break', { query: 'search=a%0Ab' }, '#/query'],
    ['half a character', { query: 'search=\ud800' }, '#/query'],
    ['no query', { query: null }, '#/query'],
    ['a flag that is text', { shared: 'yes' }, '#/shared'],
    ['another owner', { owner: 'max' }, '#/owner'],
  ])('with %s is refused and the field named', async (_, fields, pointer) => {
    const { errors } = await expectStatus(await post(ana, fields), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('whose a view is', () => {
  it('decides who sees it: its owner, or everybody when it is shared', async () => {
    const own = await saved(ana, { screen: 'incidents' });
    const shared = await saved(ana, { screen: 'incidents', shared: true });
    const foreign = await saved(max, { screen: 'incidents' });
    expect(await ids(ana, 'screen=incidents')).toEqual([shared.id, own.id]);
    expect(await ids(max, 'screen=incidents')).toEqual([foreign.id, shared.id]);
    expect(await ids(admin, 'screen=incidents')).toEqual([shared.id]);
    expect(await ids(ana, 'screen=incidents&sort_order=asc')).toEqual([own.id, shared.id]);
    expect(await ids(ana, 'screen=events')).not.toContain(own.id);
    await expectStatus(await get(max, shared.id), 200);
    for (const token of [max, admin]) await expectStatus(await get(token, own.id), 404);
  });

  it('decides who changes and deletes it: its owner, and an admin what is shared', async () => {
    const own = await saved(ana);
    const shared = await saved(ana, { shared: true });
    for (const token of [max, admin]) {
      await expectStatus(await patch(token, own.id, { name: 'x' }), 404);
      await expectStatus(await remove(token, own.id), 404);
    }
    await expectStatus(await patch(max, shared.id, { name: 'x' }), 403);
    await expectStatus(await remove(max, shared.id), 403);
    await expectStatus(await patch(admin, shared.id, { name: 'Of the team' }), 200);
    await expectStatus(await remove(admin, shared.id), 204);
    expect((await auditOf(`view:${shared.id}`)).map(({ actor, action }) => [actor, action])).toEqual([
      ['user:ana', 'view.create'],
      ['user:admin', 'view.update'],
      ['user:admin', 'view.delete'],
    ]);
    await expectStatus(await get(ana, own.id), 200);
  });
});

describe('the default view of a screen', () => {
  const defaults = async (token: string, screen: string) =>
    (await list(token, `screen=${screen}`)).filter((view) => view.default).map(({ id }) => id);

  it('is one: who becomes it takes that from the former one, with an audit row', async () => {
    const lea = await signedIn('member', 'lea');
    const first = await saved(lea, { default: true });
    const elsewhere = await saved(lea, { default: true, screen: 'events' });
    const second = await saved(lea, { default: true });
    expect(await defaults(lea, 'alerts')).toEqual([second.id]);
    await expectStatus(await patch(lea, first.id, { default: true }), 200);
    expect(await defaults(lea, 'alerts')).toEqual([first.id]);
    // Again changes nothing.
    await expectStatus(await patch(lea, first.id, { default: true }), 200);
    expect(await defaults(lea, 'alerts')).toEqual([first.id]);
    expect(await defaults(lea, 'events')).toEqual([elsewhere.id]);
    expect((await auditOf(`view:${second.id}`)).at(-1)).toMatchObject({
      action: 'view.update',
      before: { is_default: 1 },
      after: { is_default: 0 },
    });
    await expectStatus(await patch(lea, first.id, { default: false }), 200);
    expect(await defaults(lea, 'alerts')).toEqual([]);
  });

  it('belongs to its owner: neither another person nor an admin changes it', async () => {
    const tom = await signedIn('member', 'tom');
    const own = await saved(tom, { default: true, shared: true });
    const adminsOwn = await saved(admin, { default: true });
    expect(await defaults(tom, 'alerts')).toEqual([own.id]);
    expect(await defaults(admin, 'alerts')).toEqual([adminsOwn.id]);
    const { errors } = await expectStatus(await patch(admin, own.id, { default: false }), 400);
    expect(errors).toMatchObject([{ pointer: '#/default' }]);
    expect((await expectStatus(await get(admin, adminsOwn.id), 200)).default).toBe(true);
  });

  it('stays when what should take its place is refused', async () => {
    const kim = await signedIn('member', 'kim');
    const kept = await saved(kim, { default: true, name: 'Kept' });
    await expectStatus(await post(kim, { default: true, name: 'Kept' }), 409);
    const other = await saved(kim);
    await expectStatus(await patch(kim, other.id, { default: true, name: 'Kept' }), 409);
    expect(await defaults(kim, 'alerts')).toEqual([kept.id]);
  });

  it('is one, whoever is faster', async () => {
    const eve = await signedIn('member', 'eve');
    const all = [await saved(eve), await saved(eve), await saved(eve)];
    const answers = await Promise.all(all.map(({ id }) => patch(eve, id, { default: true })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await defaults(eve, 'alerts')).toHaveLength(1);
  });
});

describe('a person', () => {
  it('has a hundred views at most, however many are saved at once, and keeps the default', async () => {
    const bob = await signedIn('member', 'bob');
    const kept = await saved(bob, { default: true });
    const answers = await Promise.all(Array.from({ length: 101 }, () => post(bob, { default: false })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(99);
    await expectStatus(await post(bob, { default: true }), 409);
    expect((await expectStatus(await get(bob, kept.id), 200)).default).toBe(true);
    await expectStatus(await remove(bob, kept.id), 204);
    await saved(bob);
  });

  it('pays one batch for saving a view, and three rows and one of the audit log', async () => {
    const { db, cost, reset } = countedDb(env.DB);
    const zoe = await signedIn('member', 'zoe');
    const body = { screen: 'alerts', name: 'Mine', query: '', default: true };
    // Whatever authentication reads once and remembers, it has read.
    await list(zoe);
    reset();
    await expectStatus(await callWith('POST', VIEWS, { token: zoe, body, bindings: { DB: db } }), 201);
    expect(cost).toMatchObject({ calls: 1, statements: 4 });
    expect(cost.rowsWritten).toBeLessThanOrEqual(4);
    expect(cost.rowsRead).toBeLessThanOrEqual(10);
  });
});
