import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { addedSensor, shownSensor } from '../support/sensors.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const add = (body: unknown) => call('POST', '/api/v1/sensors', { token: admin, body });
const patch = (id: number, body: unknown) => call('PATCH', `/api/v1/sensors/${id}`, { token: admin, body });
const remove = (id: number) => call('DELETE', `/api/v1/sensors/${id}`, { token: admin });
const rotate = (id: number, body?: unknown) => call('POST', `/api/v1/sensors/${id}/rotate`, { token: admin, body });

const NEW = {
  enabled: true,
  last_seen_at: null,
  expected_interval: null,
  watch_origin: true,
  silent: false,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  previous_key_until: null,
};

describe('a new sensor', () => {
  it('is answered with its key, and later without', async () => {
    const { key, ...sensor } = await expectStatus(await add({ name: 'fw-1' }), 201);
    expect(sensor).toEqual({
      ...NEW,
      id: expect.any(Number),
      name: 'fw-1',
      key_prefix: key.slice(0, 10),
      created_at: expect.any(String),
    });
    expect(await shownSensor(admin, sensor.id)).toEqual(sensor);
    const { data } = await expectStatus(await call('GET', '/api/v1/sensors?search=FW-1', { token: admin }), 200);
    expect(data).toEqual([sensor]);
  });

  it('may say how often it posts', async () => {
    expect(await addedSensor(admin, { expected_interval: 60 })).toMatchObject({ expected_interval: 60 });
    expect(await addedSensor(admin, { expected_interval: 604_800 })).toMatchObject({ expected_interval: 604_800 });
  });

  it('must have a name of its own', async () => {
    const { name } = await addedSensor(admin);
    expect((await expectStatus(await add({ name }), 409)).detail).toContain('of this name');
  });

  it.each([
    [{}, '#/name'],
    [{ name: '' }, '#/name'],
    [{ name: ' \t ' }, '#/name'],
    [{ name: 'x'.repeat(101) }, '#/name'],
    [{ name: 'a', expected_interval: 5 }, '#/expected_interval'],
    [{ name: 'a', expected_interval: 604_801 }, '#/expected_interval'],
    [{ name: 'a', expected_interval: 90.5 }, '#/expected_interval'],
    [{ name: 'a', expected_interval: '300' }, '#/expected_interval'],
    [{ name: 'a', watch_origin: 'no' }, '#/watch_origin'],
    [{ name: 'a', key: 'ews_mine' }, '#/key'],
    [{ name: 'a', accepted: 7 }, '#/accepted'],
  ])('is refused for %j', async (body, pointer) => {
    const problem = await expectStatus(await add(body), 400);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('a change', () => {
  it('renames, watches, unwatches, pauses and resumes', async () => {
    const { id } = await addedSensor(admin);
    const name = `renamed-${id}`;
    const changed = await expectStatus(await patch(id, { name, expected_interval: 300, enabled: false }), 200);
    expect(changed).toMatchObject({ name, expected_interval: 300, enabled: false });
    expect(await shownSensor(admin, id)).toEqual(changed);
    const back = await expectStatus(await patch(id, { expected_interval: null, enabled: true }), 200);
    expect(back).toMatchObject({ name, expected_interval: null, enabled: true });
  });

  it('of nothing changes nothing', async () => {
    const { id } = await addedSensor(admin);
    const before = await shownSensor(admin, id);
    expect(await expectStatus(await patch(id, {}), 200)).toEqual(before);
    expect(await auditOf(`sensor:${id}`)).toHaveLength(1);
  });

  it('cannot take the name of another', async () => {
    const [one, two] = [await addedSensor(admin), await addedSensor(admin)];
    await expectStatus(await patch(one.id, { name: two.name }), 409);
    expect(await shownSensor(admin, one.id)).toMatchObject({ name: one.name });
    expect(await auditOf(`sensor:${one.id}`)).toHaveLength(1);
  });

  it.each([
    [{ name: '' }, '#/name'],
    [{ name: null }, '#/name'],
    [{ expected_interval: 5 }, '#/expected_interval'],
    [{ enabled: 'yes' }, '#/enabled'],
    [{ watch_origin: null }, '#/watch_origin'],
    [{ key_prefix: 'ews_x' }, '#/key_prefix'],
    [{ last_seen_at: null }, '#/last_seen_at'],
    [{ silent: false }, '#/silent'],
  ])('is refused for %j', async (body, pointer) => {
    const { id } = await addedSensor(admin);
    const { errors } = await expectStatus(await patch(id, body), 400);
    expect(errors[0].pointer).toBe(pointer);
  });

  it('needs a sensor that exists', async () => {
    await expectStatus(await call('GET', '/api/v1/sensors/999999', { token: admin }), 404);
    await expectStatus(await patch(999_999, { name: 'nobody' }), 404);
    await expectStatus(await patch(999_999, {}), 404);
    await expectStatus(await rotate(999_999), 404);
    await expectStatus(await remove(999_999), 404);
  });
});

describe('the audit log', () => {
  it('has a row for each change, and no key or hash in any', async () => {
    const { id, key, name, key_prefix } = await addedSensor(admin, { expected_interval: 300 });
    await expectStatus(await patch(id, { enabled: false }), 200);
    await expectStatus(await patch(id, { enabled: true, expected_interval: null }), 200);
    const rotated = await expectStatus(await rotate(id), 200);
    await expectStatus(await remove(id), 204);
    const again = await expectStatus(await rotate(id), 200);
    const until = Date.parse(rotated.previous_key_until);
    const rows = await auditOf(`sensor:${id}`);
    expect(rows.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['sensor.create', null, { name, key_prefix, expected_interval: 300, watch_origin: true }],
      ['sensor.update', { enabled: 1 }, { enabled: 0 }],
      ['sensor.update', { enabled: 0, expected_interval: 300 }, { enabled: 1, expected_interval: null }],
      [
        'sensor.rotate',
        { key_prefix, previous_key_until: null },
        { key_prefix: rotated.key_prefix, previous_key_until: until },
      ],
      [
        'sensor.revoke',
        { enabled: 1, key_prefix: rotated.key_prefix, previous_key_until: until },
        { enabled: 0, key_prefix: '', previous_key_until: null },
      ],
      [
        'sensor.rotate',
        { enabled: 0, key_prefix: '', previous_key_until: null },
        { enabled: 1, key_prefix: again.key_prefix, previous_key_until: null },
      ],
    ]);
    for (const { actor } of rows) expect(actor).toBe('user:admin');
    const { results } = await env.DB.prepare('SELECT key_hash FROM sensors').all<{ key_hash: string }>();
    const secrets = [...results.map(({ key_hash }) => key_hash), key.slice(10), rotated.key.slice(10)];
    const log = JSON.stringify((await env.DB.prepare('SELECT * FROM audit_rows').all()).results);
    for (const secret of secrets) expect(log).not.toContain(secret);
  });
});

describe('the list', () => {
  const list = async (query: string) =>
    expectStatus(await call('GET', `/api/v1/sensors?${query}`, { token: admin }), 200);
  const names = async (query: string) => (await list(query)).data.map(({ name }: { name: string }) => name);

  beforeAll(async () => {
    for (let index = 0; index < 7; index++) {
      const { id } = await addedSensor(admin, { name: `Rack-${index}` });
      if (index % 2 === 1) await expectStatus(await patch(id, { enabled: false }), 200);
    }
  });

  it('finds by state and by text in the name', async () => {
    expect(await names('search=rack-&enabled=false')).toEqual(['Rack-5', 'Rack-3', 'Rack-1']);
    expect(await names('search=rack-&enabled=TRUE&sort_order=asc')).toEqual(['Rack-0', 'Rack-2', 'Rack-4', 'Rack-6']);
    expect(await names('search=ack-3')).toEqual(['Rack-3']);
    expect(await names('search=%25')).toEqual([]);
  });

  it('pages by cursor and by number', async () => {
    const walked: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`search=rack-&limit=3${cursor}`);
      walked.push(...page.data.map(({ name }: { name: string }) => name));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(walked).toEqual(['Rack-6', 'Rack-5', 'Rack-4', 'Rack-3', 'Rack-2', 'Rack-1', 'Rack-0']);
    const second = await list('search=rack-&limit=3&page=2');
    expect(second).toMatchObject({ page: 2, total: 7, total_exact: true });
    expect(second.data.map(({ name }: { name: string }) => name)).toEqual(['Rack-3', 'Rack-2', 'Rack-1']);
  });

  it.each([
    'enabled=1',
    'enabled=true&enabled=true',
    'name=a',
    'search=',
    'limit=101',
    'sort_by=name',
    'page=1&cursor=1',
  ])('refuses %s', async (query) => {
    await expectStatus(await call('GET', `/api/v1/sensors?${query}`, { token: admin }), 400);
  });

  it('never holds a key or a hash', async () => {
    const { key } = await addedSensor(admin, { name: 'Rack-last' });
    const { results } = await env.DB.prepare('SELECT key_hash FROM sensors').all<{ key_hash: string }>();
    const text = JSON.stringify(await list('limit=100'));
    for (const secret of [key, ...results.map(({ key_hash }) => key_hash)]) expect(text).not.toContain(secret);
  });
});
