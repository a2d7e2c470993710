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

const send = (
  method: string,
  id: number,
  { token, body, version }: { token: string; body?: unknown; version?: number },
) =>
  call(method, `/api/v1/incidents/${id}`, {
    token,
    body,
    ...(version ? { headers: { 'If-Match': `"v${version}"` } } : {}),
  });

const read = async (id: number) => expectStatus(await send('GET', id, { token: admin }), 200);

describe('an incident', () => {
  it('is opened by its owner, with defaults, and found where Location says', async () => {
    const response = await call('POST', '/api/v1/incidents', { token: max, body: { title: '  Phishing wave ' } });
    expect(response.headers.get('ETag')).toBe('"v1"');
    const location = response.headers.get('Location') ?? '';
    const incident = await expectStatus(response, 201);
    expect(incident).toEqual({
      id: expect.any(Number),
      title: 'Phishing wave',
      description: '',
      service: '',
      severity: 'sev3',
      status: 'open',
      owner: 'max',
      assignee: null,
      tags: [],
      created_at: expect.any(String),
      updated_at: incident.created_at,
      mitigated_at: null,
      resolved_at: null,
      archived_at: null,
      deleted_at: null,
      version: 1,
    });
    expect(await expectStatus(await call('GET', location, { token: eve }), 200)).toEqual(incident);
  });

  it('takes the spellings of the trackers that it replaces', async () => {
    const body = { title: 'Checkout down', service: 'payments', severity: 'SEV1', status: 'OPEN', tags: ['DB', 'db'] };
    const created = await expectStatus(await call('POST', '/api/incidents/', { token: max, body }), 201);
    expect(created).toMatchObject({ severity: 'sev1', status: 'open', tags: ['db'] });
    const path = `/api/incidents/${created.id}/`;
    expect(
      await expectStatus(await call('PATCH', path, { token: max, body: { status: 'MITIGATED' } }), 200),
    ).toMatchObject({
      status: 'mitigated',
      mitigated_at: expect.any(String),
    });
  });

  it('is replaced by PUT: what is left out becomes empty, but severity, status and owner stay', async () => {
    const { id } = await opened(max, {
      description: 'x',
      service: 'pay',
      tags: ['db'],
      assignee: 'ana',
      severity: 'sev2',
    });
    const body = { title: 'New title' };
    expect(await expectStatus(await send('PUT', id, { token: max, body }), 200)).toMatchObject({
      title: 'New title',
      description: '',
      service: '',
      tags: [],
      assignee: null,
      severity: 'sev2',
      status: 'open',
      owner: 'max',
      version: 2,
    });
  });

  it('is patched by what is given, and an empty patch changes nothing', async () => {
    const { id } = await opened(max, { service: 'pay', assignee: 'ana' });
    expect(await expectStatus(await send('PATCH', id, { token: max, body: {} }), 200)).toMatchObject({ version: 1 });
    const body = { assignee: null, severity: 'sev4' };
    expect(await expectStatus(await send('PATCH', id, { token: max, body }), 200)).toMatchObject({
      assignee: null,
      severity: 'sev4',
      service: 'pay',
      version: 2,
    });
  });

  it('is changed by analysts and its owner, deleted and given away by admins and its owner', async () => {
    const { id } = await opened(max);
    const body = { title: 'Other' };
    await expectStatus(await send('PUT', id, { token: eve, body }), 403);
    await expectStatus(await send('PATCH', id, { token: eve, body }), 403);
    await expectStatus(await act(eve, id, 'resolve'), 403);
    await expectStatus(await send('DELETE', id, { token: eve }), 403);
    await expectStatus(await send('DELETE', id, { token: ana }), 403);
    await expectStatus(await send('PATCH', id, { token: ana, body: { owner: 'ana' } }), 403);
    await expectStatus(await send('PATCH', id, { token: ana, body }), 200);
    await expectStatus(await send('PATCH', id, { token: max, body: { owner: 'eve' } }), 200);
    await expectStatus(await send('DELETE', id, { token: max }), 403);
    await expectStatus(await send('DELETE', id, { token: eve }), 204);
    await expectStatus(await act(max, id, 'restore'), 403);
    await expectStatus(await act(admin, id, 'restore'), 200);
  });

  it('writes a refusal into the audit log', async () => {
    const { id } = await opened(max);
    await expectStatus(await send('DELETE', id, { token: eve }), 403);
    expect(await auditOf('permission:incident.delete')).toContainEqual(
      expect.objectContaining({ actor: 'user:eve', action: 'access.refuse' }),
    );
  });
});

describe('of two who act at once', () => {
  it('with the same version, one edits and the other is told: nothing is lost', async () => {
    const { id } = await opened(max);
    const answers = await Promise.all([
      send('PATCH', id, { token: max, body: { title: 'One' }, version: 1 }),
      send('PATCH', id, { token: ana, body: { title: 'Two' }, version: 1 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await read(id)).toMatchObject({ title: answers[0]?.status === 200 ? 'One' : 'Two', version: 2 });
  });

  it('with PUT and the same version, too', async () => {
    const { id } = await opened(max);
    const answers = await Promise.all(
      [max, ana].map((token) => send('PUT', id, { token, body: { title: 'Put' }, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it.each([
    ['resolve', undefined],
    ['mitigate', undefined],
    ['patch', { status: 'resolved' }],
  ])('to %s, one gets 200 and the other 409', async (how, body) => {
    const { id } = await opened(max);
    const go = (token: string) => (body ? send('PATCH', id, { token, body }) : act(token, id, how));
    const answers = await Promise.all([go(max), go(ana)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await auditOf(`incident:${id}`)).toHaveLength(2);
  });

  it('editing different fields without a version, both are kept', async () => {
    const { id } = await opened(max);
    await Promise.all([
      send('PATCH', id, { token: max, body: { title: 'One' } }),
      send('PATCH', id, { token: ana, body: { service: 'two' } }),
    ]);
    expect(await read(id)).toMatchObject({ title: 'One', service: 'two', version: 3 });
  });
});

describe('the lifecycle', () => {
  it('goes from open to mitigated to resolved to the archive, and back', async () => {
    const { id } = await opened(max);
    const steps: [string, object][] = [
      ['mitigate', { status: 'mitigated', mitigated_at: expect.any(String) }],
      ['resolve', { status: 'resolved', resolved_at: expect.any(String) }],
      ['archive', { status: 'resolved', archived_at: expect.any(String) }],
      ['unarchive', { status: 'resolved', archived_at: null }],
      ['archive', { archived_at: expect.any(String) }],
      ['reopen', { status: 'open', mitigated_at: null, resolved_at: null, archived_at: null }],
    ];
    for (const [action, expected] of steps) {
      expect(await expectStatus(await act(max, id, action), 200)).toMatchObject(expected);
    }
    const actions = (await auditOf(`incident:${id}`)).map(({ action }) => action);
    expect(actions).toEqual(['create', ...steps.map(([action]) => action)].map((action) => `incident.${action}`));
  });

  it.each([
    ['open', ['archive', 'unarchive', 'reopen', 'restore']],
    ['mitigate', ['mitigate', 'archive', 'unarchive', 'restore']],
    ['resolve', ['resolve', 'mitigate', 'unarchive', 'restore']],
  ])('refuses what does not follow %s', async (first, refused) => {
    const { id } = await opened(max);
    if (first !== 'open') await expectStatus(await act(max, id, first), 200);
    const before = await read(id);
    for (const action of refused) await expectStatus(await act(max, id, action), 409);
    expect(await read(id)).toEqual(before);
  });

  it('leaves the times alone when a form sends the status that is', async () => {
    const { id } = await opened(max, { status: 'resolved' });
    const { resolved_at } = await read(id);
    const body = { title: 'Edited', status: 'RESOLVED' };
    const edited = await expectStatus(await send('PATCH', id, { token: max, body }), 200);
    expect(edited).toMatchObject({ title: 'Edited', status: 'resolved', resolved_at });
  });

  it('hides what is deleted until it is restored', async () => {
    const { id } = await opened(max);
    await expectStatus(await send('DELETE', id, { token: max }), 204);
    await expectStatus(await send('GET', id, { token: admin }), 404);
    await expectStatus(await send('PATCH', id, { token: admin, body: { title: 'x' } }), 404);
    await expectStatus(await act(admin, id, 'resolve'), 404);
    await expectStatus(await send('DELETE', id, { token: admin }), 404);
    expect(await expectStatus(await act(max, id, 'restore'), 200)).toMatchObject({ deleted_at: null, version: 3 });
    await expectStatus(await send('GET', id, { token: eve }), 200);
  });
});

describe('bad input', () => {
  const long = 'x'.repeat(201);
  it.each([
    [{}, '#/title'],
    [{ title: '' }, '#/title'],
    [{ title: '   ' }, '#/title'],
    [{ title: long }, '#/title'],
    [{ title: 'two\nlines' }, '#/title'],
    [{ title: 'x', severity: 'sev5' }, '#/severity'],
    [{ title: 'x', status: 'closed' }, '#/status'],
    [{ title: 'x', tags: ['a b'] }, '#/tags/0'],
    [{ title: 'x', tags: ['ok', '<script>'] }, '#/tags/1'],
    [{ title: 'x', tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }, '#/tags'],
    [{ title: 'x', assignee: 'nobody-here' }, '#/assignee'],
    [{ title: 'x', id: 3 }, '#/id'],
    [{ title: 'x', owner: 'admin' }, '#/owner'],
  ])('is refused with the field named: %j', async (body, pointer) => {
    const problem = await expectStatus(await call('POST', '/api/v1/incidents', { token: max, body }), 400);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('is refused in a change, too, and nothing is changed', async () => {
    const { id } = await opened(max);
    await expectStatus(await send('PATCH', id, { token: max, body: { title: '' } }), 400);
    await expectStatus(await send('PATCH', id, { token: max, body: { owner: 'nobody-here' } }), 400);
    await expectStatus(await send('PUT', id, { token: max, body: {} }), 400);
    await expectStatus(await send('PATCH', 999_999, { token: max, body: { title: 'x' } }), 404);
    expect(await read(id)).toMatchObject({ version: 1 });
  });
});
