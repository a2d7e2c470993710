import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { actOn, alertNow, manyAlerts } from '../support/alerts.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

const { db, cost, reset } = countedDb(env.DB);

let ana: string;
let ben: string;
let mia: string;
beforeAll(async () => {
  ana = await signedIn('analyst', 'ana');
  ben = await signedIn('analyst', 'ben');
  mia = await signedIn('member', 'mia');
});

const link = (incident: number, ids: unknown, token = ana) => act(token, incident, 'alerts', { alert_ids: ids });
const linked = async (incident: number, ids: number[]) => expectStatus(await link(incident, ids), 200);
const unlink = (incident: number, alert: number, token = ana) =>
  call('DELETE', `/api/v1/incidents/${incident}/alerts/${alert}`, { token });
const read = async (id: number) => expectStatus(await call('GET', `/api/v1/incidents/${id}`, { token: mia }), 200);
const list = async (path: string, token = mia) => expectStatus(await call('GET', `/api/v1/${path}`, { token }), 200);
const idsOf = ({ data }: { data: { id: number }[] }) => data.map(({ id }) => id);

describe('linking alerts to an incident', () => {
  it('links those that are free and says what became of each, in the order given', async () => {
    const incident = await opened(mia);
    const other = await opened(mia);
    const [free = 0, here = 0, elsewhere = 0] = await manyAlerts(3, 's');
    await linked(incident.id, [here]);
    await linked(other.id, [elsewhere]);
    expect(await linked(incident.id, [elsewhere, free, 999_999, here, free])).toEqual({
      linked: 1,
      results: [
        { id: elsewhere, outcome: 'in_another_incident', detail: `The alert belongs to incident ${other.id}.` },
        { id: free, outcome: 'linked' },
        { id: 999_999, outcome: 'not_found' },
        { id: here, outcome: 'already_linked' },
      ],
    });
    expect(await alertNow(mia, free)).toMatchObject({ incident_id: incident.id, status: 'open', version: 2 });
    expect(await alertNow(mia, here)).toMatchObject({ incident_id: incident.id, version: 2 });
    expect(await alertNow(mia, elsewhere)).toMatchObject({ incident_id: other.id, version: 2 });
    expect(await read(incident.id)).toEqual(incident);
  });

  it('leaves a row each on the timeline, and another when it is unlinked', async () => {
    const { id } = await opened(ana);
    const [alert = 0] = await manyAlerts(1, 's');
    await linked(id, [alert]);
    await expectStatus(await unlink(id, alert, ben), 204);
    expect(await auditOf(`incident:${id}/alert:${alert}`)).toMatchObject([
      { actor: 'user:ana', action: 'alert.link', before: { incident_id: null }, after: { incident_id: id } },
      { actor: 'user:ben', action: 'alert.unlink', before: { incident_id: id }, after: { incident_id: null } },
    ]);
  });

  it('lets one alert into one incident when two want it at once', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, two] = [await opened(ana), await opened(ben)];
      const alerts = await manyAlerts(3, 's');
      const answers = await Promise.all([link(one.id, alerts), link(two.id, alerts, ben)]);
      const counts = await Promise.all(answers.map(async (answer) => (await expectStatus(answer, 200)).linked));
      expect(counts.sort()).toEqual([0, 3]);
      for (const alert of alerts) expect((await alertNow(mia, alert)).version).toBe(2);
    }
  });

  it('takes a hundred in one call of D1, and rows in proportion', async () => {
    const { id } = await opened(ana);
    const alerts = await manyAlerts(100, 's');
    reset();
    const body = { alert_ids: alerts };
    const bindings = { DB: db };
    const answer = await callWith('POST', `/api/v1/incidents/${id}/alerts`, { token: ana, body, bindings });
    expect((await expectStatus(answer, 200)).linked).toBe(100);
    // An alert is the row and the index of the incident's; an audit row is the row and the timeline's index.
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 400 });
  });

  it('refuses members, incidents that are not there or deleted, and bad input', async () => {
    const { id } = await opened(mia);
    const [alert = 0] = await manyAlerts(1, 's');
    await expectStatus(await link(id, [alert], mia), 403);
    await expectStatus(await link(999_999, [alert]), 404);
    const bad: [unknown, string][] = [
      [[], '#/alert_ids'],
      [Array.from({ length: 101 }, (_, n) => n + 1), '#/alert_ids'],
      [[0], '#/alert_ids/0'],
      [[1, '2'], '#/alert_ids/1'],
      [[1.5], '#/alert_ids/0'],
      [undefined, '#/alert_ids'],
    ];
    for (const [ids, pointer] of bad) {
      const { errors } = await expectStatus(await link(id, ids), 400);
      expect(errors).toEqual([{ pointer, detail: expect.any(String) }]);
    }
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: mia }), 204);
    await expectStatus(await link(id, [alert]), 404);
    expect(await alertNow(mia, alert)).toMatchObject({ incident_id: null, version: 1 });
  });
});

describe('unlinking an alert', () => {
  it('sets it free, so that it can be linked elsewhere', async () => {
    const [one, two] = [await opened(ana), await opened(ana)];
    const [alert = 0] = await manyAlerts(1, 's');
    await linked(one.id, [alert]);
    await expectStatus(await unlink(one.id, alert, mia), 403);
    await expectStatus(await unlink(two.id, alert), 404);
    await expectStatus(await unlink(one.id, alert), 204);
    expect(await alertNow(mia, alert)).toMatchObject({ incident_id: null, version: 3 });
    expect(await read(one.id)).toEqual(one);
    await expectStatus(await unlink(one.id, alert), 404);
    expect((await linked(two.id, [alert])).linked).toBe(1);
  });

  it('by two at once happens once', async () => {
    const { id } = await opened(ana);
    const [alert = 0] = await manyAlerts(1, 's');
    await linked(id, [alert]);
    const answers = await Promise.all([unlink(id, alert), unlink(id, alert, ben)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(await auditOf(`incident:${id}/alert:${alert}`)).toHaveLength(2);
  });

  it('refuses ids that are none', async () => {
    const answer = await call('DELETE', '/api/v1/incidents/1/alerts/x', { token: ana });
    expect((await expectStatus(answer, 400)).errors[0].pointer).toBe('path/alert_id');
    await expectStatus(await unlink(999_999, 1), 404);
  });
});

describe('the alerts of an incident', () => {
  it('are listed under it and by the filter of the list, in both directions and by cursor', async () => {
    const { id } = await opened(ana);
    const alerts = await manyAlerts(5, 'listed');
    await linked(id, alerts);
    await expectStatus(await actOn(ana, alerts[1] ?? 0, 'resolve'), 200);
    for (const path of [`incidents/${id}/alerts?`, `alerts?incident=${id}&`]) {
      expect(idsOf(await list(`${path}sort_order=asc`))).toEqual(alerts);
      expect(idsOf(await list(path))).toEqual([...alerts].reverse());
      expect(idsOf(await list(`${path}status=resolved`))).toEqual([alerts[1]]);
      expect(idsOf(await list(`${path}status=open&severity=critical`))).toEqual([]);
      expect(await list(`${path}page=1&limit=2&status=open&severity=high`)).toMatchObject({ total: 4 });
      const first = await list(`${path}limit=3`);
      const rest = await list(`${path}limit=3&cursor=${first.next_cursor}`);
      expect([...idsOf(first), ...idsOf(rest)]).toEqual([...alerts].reverse());
      expect(rest.next_cursor).toBeNull();
    }
    expect((await list(`incidents/${(await opened(ana)).id}/alerts`)).data).toEqual([]);
  });

  it('do not exist without their incident', async () => {
    const { id } = await opened(mia);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: mia }), 204);
    for (const gone of [id, 999_999]) {
      await expectStatus(await call('GET', `/api/v1/incidents/${gone}/alerts`, { token: mia }), 404);
    }
    const answer = await call('GET', '/api/v1/incidents/1/alerts?incident=2', { token: mia });
    expect((await expectStatus(answer, 400)).errors[0].pointer).toBe('query/incident');
  });

  it('are found, and resolved with it, without reading others, however many there are', async () => {
    const { id } = await opened(ana);
    const alerts = await manyAlerts(20, 'few');
    await linked(id, alerts.slice(0, 10));
    await manyAlerts(5_000, 'many');
    await linked(id, await manyAlerts(10, 'few'));
    const bindings = { DB: db };
    for (const path of [`alerts?incident=${id}`, `alerts?incident=${id}&status=open`, `incidents/${id}/alerts`]) {
      reset();
      const page = await expectStatus(await callWith('GET', `/api/v1/${path}`, { token: mia, bindings }), 200);
      expect(page.data).toHaveLength(20);
      expect(cost.rowsRead).toBeLessThanOrEqual(70);
    }
    reset();
    const body = { resolve_alerts: true };
    await expectStatus(await callWith('POST', `/api/v1/incidents/${id}/resolve`, { token: ana, body, bindings }), 200);
    expect(cost.calls).toBe(1);
    expect(cost.rowsRead).toBeLessThanOrEqual(500);
    expect((await alertNow(mia, alerts[0] ?? 0)).status).toBe('resolved');
    expect((await alertNow(mia, alerts[10] ?? 0)).status).toBe('open');
  });
});
