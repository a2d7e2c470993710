import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, raised } from '../support/events.ts';
import { person, signedIn } from '../support/people.ts';

let admin: string;
let ana: string;
let ben: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  ana = await signedIn('analyst', 'ana');
  ben = await signedIn('analyst', 'ben');
  await signedIn('member', 'mia');
});

type Options = { token?: string; body?: unknown; headers?: Record<string, string> };

const act = (id: number, action: string, { token = ana, ...options }: Options = {}) =>
  call('POST', `/api/v1/alerts/${id}/${action}`, { token, ...options });

const done = async (id: number, action: string, options?: Options) => expectStatus(await act(id, action, options), 200);

describe('acknowledging and resolving', () => {
  it('says who did it and when, and leaves an audit row each', async () => {
    const { id } = await raised(admin);
    const acknowledged = await done(id, 'acknowledge');
    expect(acknowledged).toMatchObject({
      status: 'acknowledged',
      acknowledged_by: 'ana',
      resolved_at: null,
      version: 2,
    });
    expect(Math.abs(Date.now() - Date.parse(acknowledged.acknowledged_at))).toBeLessThan(10_000);
    const resolved = await done(id, 'resolve', { token: ben, body: { verdict: 'False_Positive' } });
    expect(resolved).toMatchObject({
      ...{ status: 'resolved', resolved_by: 'ben', verdict: 'false_positive', version: 3 },
      ...{ acknowledged_by: 'ana', acknowledged_at: acknowledged.acknowledged_at },
    });
    expect(await auditOf(`alert:${id}`)).toMatchObject([
      { actor: 'user:ana', action: 'alert.acknowledge', before: { status: 'open' }, after: { status: 'acknowledged' } },
      { actor: 'user:ben', action: 'alert.resolve', before: { verdict: null }, after: { verdict: 'false_positive' } },
    ]);
  });

  it('may resolve an open alert without a body or a verdict', async () => {
    const bodies = [undefined, {}];
    for (const body of bodies) {
      const { id } = await raised(admin);
      expect(await done(id, 'resolve', { body })).toMatchObject({
        status: 'resolved',
        verdict: null,
        acknowledged_at: null,
      });
    }
  });

  it('is a conflict when the alert is past it, and nothing changes', async () => {
    const { id } = await raised(admin);
    await done(id, 'acknowledge');
    await expectStatus(await act(id, 'acknowledge', { token: ben }), 409);
    const before = await done(id, 'resolve');
    await expectStatus(await act(id, 'acknowledge', { token: ben }), 409);
    const problem = await expectStatus(await act(id, 'resolve', { token: ben, body: { verdict: 'benign' } }), 409);
    expect(problem).toMatchObject({ type: '/problems#conflict', detail: expect.stringContaining('resolved') });
    const after = await expectStatus(await call('GET', `/api/v1/alerts/${id}`, { token: ana }), 200);
    expect(after).toEqual(before);
    expect(await auditOf(`alert:${id}`)).toHaveLength(2);
  });

  it('refuses a verdict that is none and a body that is not JSON', async () => {
    const { id } = await raised(admin);
    const { errors } = await expectStatus(await act(id, 'resolve', { body: { verdict: 'guilty' } }), 400);
    expect(errors[0].pointer).toBe('#/verdict');
    await expectStatus(await act(id, 'resolve', { body: '{"verdict":' }), 400);
    await expectStatus(await act(id, 'resolve', { body: 'benign', headers: { 'Content-Type': 'text/plain' } }), 415);
  });
});

describe('assigning', () => {
  const assign = (id: number, assignee: unknown, options: Options = {}) =>
    act(id, 'assign', { body: { assignee }, ...options });

  it("hands a free alert to an analyst or admin, and one's own on or back", async () => {
    const { id } = await raised(admin);
    for (const assignee of ['ana', 'admin']) {
      expect((await expectStatus(await assign(id, assignee), 200)).assignee).toBe(assignee);
    }
    expect((await expectStatus(await assign(id, null, { token: admin }), 200)).assignee).toBeNull();
    const trail = (await auditOf(`alert:${id}`)).map(({ before, after }) => [before?.assignee, after?.assignee]);
    expect(trail).toEqual([
      [null, 'ana'],
      ['ana', 'admin'],
      ['admin', null],
    ]);
  });

  it('takes one from somebody else only with the version that was seen', async () => {
    const { id } = await raised(admin);
    const { version } = await expectStatus(await assign(id, 'ana'), 200);
    const take = (headers?: Record<string, string>) => assign(id, 'ben', { token: ben, ...(headers && { headers }) });
    expect((await expectStatus(await take(), 409)).detail).toContain('ana');
    await expectStatus(await take({ 'If-Match': `"v${version - 1}"` }), 412);
    expect((await expectStatus(await take({ 'If-Match': `"v${version}"` }), 200)).assignee).toBe('ben');
  });

  it('is a conflict when it is assigned so already, or the alert is resolved', async () => {
    const { id } = await raised(admin);
    await expectStatus(await assign(id, null), 409);
    await expectStatus(await assign(id, 'ana'), 200);
    await expectStatus(await assign(id, 'ana'), 409);
    await done(id, 'resolve');
    expect((await expectStatus(await assign(id, 'ben'), 409)).detail).toContain('resolved');
  });

  it('refuses somebody unknown, or whose role triages nothing', async () => {
    const { id } = await raised(admin);
    await person({ username: 'sensor-man', role: 'member' });
    for (const assignee of ['nobody', 'mia', 'sensor-man', '', 5, undefined]) {
      const { errors } = await expectStatus(await assign(id, assignee), 400);
      expect(errors).toEqual([{ pointer: '#/assignee', detail: expect.any(String) }]);
    }
    expect((await expectStatus(await call('GET', `/api/v1/alerts/${id}`, { token: ana }), 200)).assignee).toBeNull();
  });
});

describe('of two who race', () => {
  const ROUNDS = 10;

  /** Both requests at once; answers the statuses, lower first. */
  async function race(one: Promise<Response>, other: Promise<Response>): Promise<number[]> {
    const statuses = (await Promise.all([one, other])).map(({ status }) => status);
    return statuses.sort();
  }

  it.each(['acknowledge', 'resolve'])('to %s, one wins and one is told of the conflict', async (action) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await raised(admin);
      expect(await race(act(id, action, { token: ana }), act(id, action, { token: ben }))).toEqual([200, 409]);
      expect(await auditOf(`alert:${id}`)).toHaveLength(1);
    }
  });

  it('to take a free alert, one gets it and one is told who has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await raised(admin);
      const take = (token: string, assignee: string) => act(id, 'assign', { token, body: { assignee } });
      expect(await race(take(ana, 'ana'), take(ben, 'ben'))).toEqual([200, 409]);
      const [row] = await auditOf(`alert:${id}`);
      const { assignee } = await expectStatus(await call('GET', `/api/v1/alerts/${id}`, { token: ana }), 200);
      expect(row?.after?.assignee).toBe(assignee);
    }
  });

  it('to patch one version, one wins', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await raised(admin);
      const patch = (verdict: string) =>
        call('PATCH', `/api/v1/alerts/${id}`, { token: admin, body: { verdict }, headers: { 'If-Match': '"v1"' } });
      const statuses = await race(patch('benign'), patch('true_positive'));
      expect(statuses[0]).toBe(200);
      expect([409, 412]).toContain(statuses[1]);
    }
  });
});
