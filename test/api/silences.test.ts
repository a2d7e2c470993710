import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, posted, storedAlerts } from '../support/events.ts';
import { eventRow, owing } from '../support/grouping.ts';
import { signedIn } from '../support/people.ts';
import { from, inHours, silenceOf } from '../support/silences.ts';
import { deliver, raise } from '../support/worker.ts';

let admin: string;
let analyst: string;
let member: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  analyst = await signedIn('analyst');
  member = await signedIn('member');
});

const SILENCES = '/api/v1/silences';
const post = (body: unknown) => call('POST', SILENCES, { token: analyst, body });
const read = async (path: string) => expectStatus(await call('GET', `${SILENCES}${path}`, { token: member }), 200);
const patch = (id: number, body: unknown) => call('PATCH', `${SILENCES}/${id}`, { token: analyst, body });
const end = (id: number) => call('DELETE', `${SILENCES}/${id}`, { token: analyst });
const pointers = async (response: Response, status = 400) =>
  (await expectStatus(response, status)).errors.map(({ pointer }: { pointer: string }) => pointer);

/** Moves the times of a silence into the past. */
const age = (id: number, hours: number) =>
  env.DB.prepare('UPDATE silences SET starts_at = starts_at - ?2, ends_at = ends_at - ?2 WHERE id = ?1')
    .bind(id, hours * 3_600_000)
    .run();

describe('a silence', () => {
  it('is made by an analyst, begins now unless it says when, is read by all, and is in the audit log', async () => {
    const silence = await silenceOf(analyst, { reason: ' Upgrade of the core ' });
    expect(silence).toEqual({
      ...{ id: expect.any(Number), reason: 'Upgrade of the core', matchers: from('quiet'), state: 'active' },
      ...{ starts_at: silence.created_at, ends_at: expect.any(String), suppressed_count: 0, window_id: null },
      ...{ announce_to: null, created_by: 'user:analyst', created_at: expect.any(String), ended_by: null },
    });
    expect(await read(`/${silence.id}`)).toEqual(silence);
    expect(await auditOf(`silence:${silence.id}`)).toMatchObject([
      { actor: 'user:analyst', action: 'silence.create', after: { reason: 'Upgrade of the core' } },
    ]);
  });

  it('keeps what came while it lasted from raising alerts, whenever that is looked at: stored and counted', async () => {
    const { id } = await silenceOf(analyst, { matchers: from('muted') });
    const [one = 0, two = 0, other = 0] = await owing(
      admin,
      { source: 'muted' },
      { source: 'muted' },
      { source: 'loud' },
    );
    await expectStatus(await end(id), 204);
    await deliver([raise(one, two, other)]);
    await deliver([raise(one)]);
    expect(await read(`/${id}`)).toMatchObject({ suppressed_count: 2, state: 'ended' });
    for (const event of [one, two]) {
      expect(await eventRow(event)).toMatchObject({ alert_state: 'suppressed', alert_id: null, silence_id: id });
      expect(await storedAlerts(event)).toBe(0);
    }
    expect(await storedAlerts(other)).toBe(1);
    const listed = await expectStatus(await call('GET', `/api/v1/events?silence=${id}`, { token: member }), 200);
    expect(listed.data.map((event: { id: number }) => event.id)).toEqual([two, one]);
    const [after = 0] = await owing(admin, { source: 'muted' });
    await deliver([raise(after)]);
    expect(await storedAlerts(after)).toBe(1);
  });

  it('takes another reason and end while it lasts, other matchers only before it begins, and nothing once it is over', async () => {
    const { id } = await silenceOf(analyst);
    const ends_at = inHours(3);
    expect(await expectStatus(await patch(id, { reason: 'Longer', ends_at }), 200)).toMatchObject({
      reason: 'Longer',
      ends_at,
    });
    expect((await auditOf(`silence:${id}`)).at(-1)).toMatchObject({
      action: 'silence.update',
      before: { reason: 'Upgrade' },
      after: { reason: 'Longer' },
    });
    await expectStatus(await patch(id, { matchers: from('all') }), 409);
    expect(await pointers(await patch(id, { ends_at: inHours(-1) }))).toEqual(['#/ends_at']);
    expect(await pointers(await patch(id, { starts_at: inHours(1) }))).toEqual(['#/starts_at']);
    await age(id, 4);
    await expectStatus(await patch(id, { ends_at: inHours(9) }), 409);
    const later = await silenceOf(analyst, { starts_at: inHours(1), ends_at: inHours(2) });
    expect(later.state).toBe('scheduled');
    const matchers = from('elsewhere');
    expect(await expectStatus(await patch(later.id, { matchers }), 200)).toMatchObject({ matchers });
    expect(await expectStatus(await patch(later.id, {}), 200)).toMatchObject({ matchers });
    expect(await pointers(await patch(later.id, { ends_at: inHours(0.5) }))).toEqual(['#/ends_at']);
  });

  it('is ended once, by whom it says; of two who end it one is told that it is over', async () => {
    const { id } = await silenceOf(analyst);
    const answers = await Promise.all([end(id), end(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await read(`/${id}`)).toMatchObject({ state: 'ended', ended_by: 'user:analyst' });
    expect((await auditOf(`silence:${id}`)).map(({ action }) => action)).toEqual([
      'silence.create',
      'silence.end_early',
    ]);
  });

  it('that is called off before it began is over, and that is all', async () => {
    const { id } = await silenceOf(analyst, { starts_at: inHours(1), ends_at: inHours(2) });
    await expectStatus(await end(id), 204);
    expect(await read(`/${id}`)).toMatchObject({ state: 'ended', ended_by: 'user:analyst' });
    const told = env.DB.prepare('SELECT announced_at FROM silences WHERE id = ?').bind(id);
    expect(await told.first('announced_at')).not.toBeNull();
  });

  it('that is not there cannot be read, changed or ended', async () => {
    await expectStatus(await call('GET', `${SILENCES}/999999`, { token: member }), 404);
    await expectStatus(await patch(999_999, { reason: 'x' }), 404);
    await expectStatus(await end(999_999), 404);
    expect(await auditOf('silence:999999')).toEqual([]);
  });

  const good = () => ({ reason: 'x', matchers: from('a'), ends_at: inHours(1) });
  it.each<[string, object, string]>([
    ['without an end', { ends_at: undefined }, '#/ends_at'],
    ['with null for an end', { ends_at: null }, '#/ends_at'],
    ['with an end in the past', { ends_at: '2020-01-01T00:00:00Z' }, '#/ends_at'],
    ['that ends when it begins', { starts_at: '2099-01-01T00:00:00Z', ends_at: '2099-01-01T00:00:00Z' }, '#/starts_at'],
    ['of more than 90 days', { ends_at: inHours(90 * 24 + 1) }, '#/ends_at'],
    ['that ends before it begins', { starts_at: inHours(2) }, '#/ends_at'],
    ['more than a year ahead', { starts_at: inHours(367 * 24), ends_at: inHours(368 * 24) }, '#/starts_at'],
    ['without a reason', { reason: ' ' }, '#/reason'],
    ['without matchers', { matchers: undefined }, '#/matchers'],
    ['with no matcher', { matchers: [] }, '#/matchers'],
    ['of a field that is none', { matchers: [{ field: 'ip', op: 'eq', value: '1' }] }, '#/matchers/0/field'],
    ['of an op that is none', { matchers: [{ field: 'source', op: 'like', value: '1' }] }, '#/matchers/0/op'],
    ['announced to a channel that is none', { announce_to: [999_999] }, '#/announce_to/0'],
    ['announced to nobody', { announce_to: [] }, '#/announce_to'],
    ['with more than is known', { comment: 'x' }, '#/comment'],
  ])('%s is refused with the field named', async (_, fields, pointer) => {
    expect(await pointers(await post({ ...good(), ...fields }))).toEqual([pointer]);
  });

  it('is one of 500 that are not over', async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
       INSERT INTO silences (reason, matchers, starts_at, ends_at, created_by, created_at)
       SELECT 'many', '[]', ?1, ?1 + 1, 'user:many', 0 FROM n`,
    )
      .bind(Date.now() + 3_600_000)
      .run();
    await expectStatus(await post(good()), 409);
    await env.DB.prepare("DELETE FROM silences WHERE reason = 'many'").run();
    await expectStatus(await post(good()), 201);
  });
});

describe('the list of silences', () => {
  it('is newest first, by state, in pages', async () => {
    const matchers = from('listed');
    const active = await silenceOf(analyst, { matchers });
    const scheduled = await silenceOf(analyst, { matchers, starts_at: inHours(1), ends_at: inHours(2) });
    const ended = await silenceOf(analyst, { matchers });
    await expectStatus(await end(ended.id), 204);
    const ids = async (query: string) => (await read(`?${query}`)).data.map(({ id }: { id: number }) => id);
    expect((await ids('limit=3')).toString()).toBe([ended.id, scheduled.id, active.id].toString());
    expect((await ids('state=ended'))[0]).toBe(ended.id);
    expect((await ids('state=ACTIVE,scheduled')).slice(0, 2)).toEqual([scheduled.id, active.id]);
    const first = await read('state=active&limit=1'.replace(/^/, '?'));
    expect(first.data[0].id).toBe(active.id);
    const second = await read(`?state=active&limit=1&cursor=${first.next_cursor}`);
    expect(second.data[0].id).toBeLessThan(active.id);
    expect(await read('?state=scheduled&page=1')).toMatchObject({
      page: 1,
      total: expect.any(Number),
      total_exact: true,
    });
    expect(await pointers(await call('GET', `${SILENCES}?state=over`, { token: member }))).toEqual(['query/state/0']);
  });
});

describe('the preview', () => {
  it('tells how many of the newest events would fall silent', async () => {
    for (const severity of ['low', 'high', 'critical']) await posted(admin, { source: 'previewed', severity });
    const preview = async (matchers: unknown) =>
      expectStatus(await call('POST', `${SILENCES}/preview`, { token: member, body: { matchers } }), 200);
    const { events } = await preview(from('previewed'));
    expect(await preview(from('previewed'))).toEqual({ events, matching: 3, alerting: 2 });
    const all = await preview([{ field: 'source', op: 'ne', value: 'nobody' }]);
    expect(all.matching).toBe(events);
    const none = call('POST', `${SILENCES}/preview`, { token: member, body: { matchers: [] } });
    expect(await pointers(await none)).toEqual(['#/matchers']);
  });
});
