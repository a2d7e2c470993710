import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
let ana: string;
let max: string;
let eve: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  ana = await signedIn('analyst', 'ana');
  max = await signedIn('member', 'max');
  eve = await signedIn('member', 'eve');
});

type Change = { token?: string; version?: number };

const headersOf = (version?: number): Record<string, string> => (version ? { 'If-Match': `"v${version}"` } : {});
const add = (id: number, tags: unknown, { token = max, version }: Change = {}) =>
  call('POST', `/api/v1/incidents/${id}/tags`, { token, body: { tags }, headers: headersOf(version) });
const remove = (id: number, tag: string, { token = max, version }: Change = {}) =>
  call('DELETE', `/api/v1/incidents/${id}/tags/${tag}`, { token, headers: headersOf(version) });
const read = async (id: number) => expectStatus(await call('GET', `/api/v1/incidents/${id}`, { token: eve }), 200);
const counts = async (query = ''): Promise<{ tag: string; incidents: number }[]> =>
  (await expectStatus(await call('GET', `/api/v1/tags${query}`, { token: eve }), 200)).data;

describe('tags', () => {
  it('are added to those that are there, in order, each once, in lower case', async () => {
    const { id } = await opened(max, { tags: ['net'] });
    const response = await add(id, ['Zeta', ' alpha', 'alpha', 'net']);
    expect(response.headers.get('ETag')).toBe('"v2"');
    expect(await expectStatus(response, 200)).toMatchObject({ id, tags: ['alpha', 'net', 'zeta'], version: 2 });
    expect((await auditOf(`incident:${id}`)).at(-1)).toMatchObject({
      actor: 'user:max',
      action: 'incident.tag',
      before: { tags: ['net'] },
      after: { tags: ['alpha', 'net', 'zeta'] },
    });
  });

  it('that are there already change nothing', async () => {
    const { id } = await opened(max, { tags: ['a', 'b'] });
    const before = await read(id);
    expect(await expectStatus(await add(id, ['b', 'A']), 200)).toEqual(before);
    expect(await auditOf(`incident:${id}`)).toHaveLength(1);
  });

  it('are removed one by one; what is not there is 404', async () => {
    const { id } = await opened(max, { tags: ['a', 'b:c.d_e-1'] });
    const response = await remove(id, 'B%3AC.D_e-1');
    expect(response.headers.get('ETag')).toBe('"v2"');
    expect(await expectStatus(response, 200)).toMatchObject({ tags: ['a'], version: 2 });
    await expectStatus(await remove(id, 'b:c.d_e-1'), 404);
    expect(await expectStatus(await remove(id, 'a'), 200)).toMatchObject({ tags: [] });
    expect((await auditOf(`incident:${id}`)).map(({ action }) => action)).toEqual([
      'incident.create',
      'incident.untag',
      'incident.untag',
    ]);
  });

  it('that many people add and remove at once are all kept, and all gone', async () => {
    const { id } = await opened(max, { tags: ['old-1', 'old-2'] });
    const answers = await Promise.all([
      ...Array.from({ length: 12 }, (_, index) => add(id, [`new-${index}`], { token: index % 2 ? max : ana })),
      remove(id, 'old-1'),
      remove(id, 'old-2', { token: ana }),
    ]);
    for (const { status } of answers) expect(status).toBe(200);
    const expected = Array.from({ length: 12 }, (_, index) => `new-${index}`).sort();
    expect(await read(id)).toMatchObject({ tags: expected, version: 15 });
  });

  it('of one name that two remove at once, one gets 200 and the other 404', async () => {
    const { id } = await opened(max, { tags: ['a'] });
    const answers = await Promise.all([remove(id, 'a'), remove(id, 'a', { token: ana })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  it('are twenty at most, also when two add at once', async () => {
    const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => `t${from + index}`);
    const { id } = await opened(max, { tags: many(10, 12) });
    const answers = await Promise.all([add(id, many(30, 8)), add(id, many(50, 8))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await read(id)).tags).toHaveLength(20);
    expect((await expectStatus(await add(id, ['one-more']), 409)).detail).toBe('An incident has 20 tags at most.');
    await expectStatus(await add(id, many(10, 12)), 200);
    await expectStatus(await remove(id, 't10'), 200);
    await expectStatus(await add(id, ['one-more', 't11']), 200);
  });

  it('follow the rules of other changes: who may, which version, which incident', async () => {
    const { id } = await opened(max, { tags: ['a'] });
    await expectStatus(await add(id, ['x'], { token: eve }), 403);
    await expectStatus(await add(id, ['a'], { token: eve }), 403);
    await expectStatus(await remove(id, 'a', { token: eve }), 403);
    await expectStatus(await add(id, ['b'], { token: ana, version: 1 }), 200);
    await expectStatus(await add(id, ['c'], { version: 1 }), 412);
    await expectStatus(await remove(id, 'a', { version: 1 }), 412);
    await expectStatus(await remove(id, 'a', { version: 2 }), 200);
    await expectStatus(await add(999_999, ['x']), 404);
    await expectStatus(await remove(999_999, 'x'), 404);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: max }), 204);
    await expectStatus(await add(id, ['x']), 404);
    await expectStatus(await remove(id, 'b'), 404);
  });

  it.each([
    [{}, '#/tags'],
    [{ tags: [] }, '#/tags'],
    [{ tags: 'db' }, '#/tags'],
    [{ tags: ['a b'] }, '#/tags/0'],
    [{ tags: ['ok', '"'] }, '#/tags/1'],
    [{ tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, '#/tags'],
    [{ tags: ['ok'], mode: 'set' }, '#/mode'],
  ])('that are bad are refused with the field named: %j', async (body, pointer) => {
    const { id } = await opened(max);
    const problem = await expectStatus(await call('POST', `/api/v1/incidents/${id}/tags`, { token: max, body }), 400);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it.each(['a%20b', '%22', '-x', 'x'.repeat(51), 'a%2Fb', '%00'])('in a path are checked, too: %s', async (tag) => {
    const { id } = await opened(max);
    const problem = await expectStatus(await remove(id, tag), 400);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual(['path/tag']);
  });
});

describe('the list of tags', () => {
  const of = async (tag: string, query = '') =>
    (await counts(query)).find((count) => count.tag === tag)?.incidents ?? 0;

  it('has the most used first', async () => {
    for (let index = 0; index < 3; index++) await opened(max, { tags: ['most', ...(index ? ['more'] : [])] });
    const all = await counts();
    const sorted = [...all].sort((a, b) => b.incidents - a.incidents || (a.tag < b.tag ? -1 : 1));
    expect(all).toEqual(sorted);
    expect(all).toContainEqual({ tag: 'most', incidents: 3 });
    expect(all).toContainEqual({ tag: 'more', incidents: 2 });
  });

  it('counts right whatever becomes of the incidents', async () => {
    const seen = async () => [
      await of('left'),
      await of('right'),
      await of('left', '?archived=true'),
      await of('right', '?archived=true'),
    ];
    const { id } = await opened(max, { tags: ['left'] });
    expect(await seen()).toEqual([1, 0, 0, 0]);
    const body = { tags: ['left', 'right'] };
    await expectStatus(await call('PATCH', `/api/v1/incidents/${id}`, { token: max, body }), 200);
    expect(await seen()).toEqual([1, 1, 0, 0]);
    await expectStatus(await remove(id, 'left'), 200);
    await expectStatus(await add(id, ['left', 'right']), 200);
    expect(await seen()).toEqual([1, 1, 0, 0]);
    await expectStatus(await act(max, id, 'resolve'), 200);
    await expectStatus(await act(max, id, 'archive'), 200);
    expect(await seen()).toEqual([0, 0, 1, 1]);
    await expectStatus(await remove(id, 'right'), 200);
    expect(await seen()).toEqual([0, 0, 1, 0]);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: max }), 204);
    expect(await seen()).toEqual([0, 0, 0, 0]);
    await expectStatus(await act(max, id, 'restore'), 200);
    expect(await seen()).toEqual([0, 0, 1, 0]);
    await expectStatus(await act(max, id, 'reopen'), 200);
    expect(await seen()).toEqual([1, 0, 0, 0]);
  });

  it('is what the incidents say, after everything above', async () => {
    const { results } = await env.DB.prepare(
      `SELECT shelf, value AS tag, count(*) AS incidents FROM incidents, json_each(tags) GROUP BY shelf, value ORDER BY 1, 2`,
    ).all();
    const kept = await env.DB.prepare('SELECT shelf, tag, incidents FROM tag_counts ORDER BY 1, 2').all();
    expect(results.length).toBeGreaterThan(20);
    expect(kept.results).toEqual(results);
  });

  it('has a thousand at most', async () => {
    for (let incident = 0; incident < 51; incident++) {
      await env.DB.prepare(
        `INSERT INTO incidents (title, description, service, severity, owner, tags, created_at, updated_at)
         SELECT 'x', '', '', 'sev4', 'max', json_group_array('many-' || (?1 * 20 + value)), 0, 0
         FROM json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]')`,
      )
        .bind(incident)
        .run();
    }
    expect(await counts()).toHaveLength(1_000);
    expect((await counts())[0]?.incidents).toBeGreaterThan(1);
  });

  it('is refused what it does not know', async () => {
    const problem = await expectStatus(await call('GET', '/api/v1/tags?archived=maybe&x=1', { token: admin }), 400);
    expect(problem.errors).toHaveLength(2);
  });
});
