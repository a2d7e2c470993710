import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldCounts } from '../../src/reports/fold-counts.ts';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, raised } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { contextAt } from '../support/operations.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';

let admin: string;
let ana: string;
let ben: string;
let mia: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  ana = await signedIn('analyst', 'ana');
  ben = await signedIn('analyst', 'ben');
  mia = await signedIn('member', 'mia');
});

const promote = (id: number, { token = ana, body }: { token?: string; body?: unknown } = {}) =>
  call('POST', `/api/v1/alerts/${id}/promote`, { token, body });
const promoted = async (id: number, body?: unknown) => expectStatus(await promote(id, { body }), 201);
const alert = async (id: number) => expectStatus(await call('GET', `/api/v1/alerts/${id}`, { token: mia }), 200);
const incidents = async () => (await env.DB.prepare('SELECT count(*) FROM incidents').first<number>('count(*)')) ?? 0;

const INTRUSION = {
  source: 'db-payments',
  event_type: 'intrusion',
  description: 'Shell spawned by postgres\nsecond line',
};

describe('promoting an alert', () => {
  it('opens an incident of what alert and event say, and links it', async () => {
    const before = await raised(admin, { ...INTRUSION, severity: 'critical' });
    expect(before.incident_id).toBeNull();
    const response = await promote(before.id);
    expect(response.headers.get('ETag')).toBe('"v1"');
    const location = response.headers.get('Location') ?? '';
    const incident = await expectStatus(response, 201);
    expect(incident).toMatchObject({
      title: 'intrusion on db-payments: Shell spawned by postgres',
      description: INTRUSION.description,
      ...{
        service: 'db-payments',
        severity: 'sev1',
        status: 'open',
        tags: [],
        assignee: null,
        owner: 'ana',
        version: 1,
      },
    });
    expect(await expectStatus(await call('GET', location, { token: mia }), 200)).toEqual(incident);
    expect(await alert(before.id)).toEqual({ ...before, incident_id: incident.id, version: 2 });
  });

  it.each([
    ['critical', 'sev1'],
    ['high', 'sev2'],
    ['medium', 'sev3'],
    ['low', 'sev4'],
  ])('makes of %s %s, by the severity that the alert has now', async (severity, expected) => {
    const { id } = await raised(admin);
    await expectStatus(await call('PATCH', `/api/v1/alerts/${id}`, { token: admin, body: { severity } }), 200);
    expect(await promoted(id)).toMatchObject({ severity: expected });
  });

  it('takes what the body gives instead', async () => {
    const { id } = await raised(admin, INTRUSION);
    const given = { title: 'Break-in', description: '', service: '', severity: 'sev4', tags: ['db'], assignee: 'mia' };
    expect(await promoted(id, { ...given, tags: ['DB', 'db'] })).toMatchObject(given);
  });

  it('keeps title and service within the bounds of an incident', async () => {
    const source = `${'s'.repeat(98)}😀😀`;
    const { id } = await raised(admin, { source, description: '\n', event_type: 'scan' });
    expect(await promoted(id)).toMatchObject({ title: `scan on ${source}`, service: `${'s'.repeat(98)}…` });
    const long = await raised(admin, { description: `tab\there ${'x'.repeat(300)}` });
    const { title, ...rest } = await promoted(long.id);
    expect(title).toMatch(/^scan on sensor-1: tab here x+…$/);
    expect(title).toHaveLength(200);
    const put = await call('PUT', `/api/v1/incidents/${rest.id}`, {
      token: ana,
      body: { title, service: rest.service },
    });
    await expectStatus(put, 200);
  });

  it('leaves audit rows of the incident and, on its timeline, of the alert', async () => {
    const { id } = await raised(admin);
    const incident = await promoted(id);
    expect(await auditOf(`incident:${incident.id}`)).toMatchObject([
      {
        actor: 'user:ana',
        action: 'incident.create',
        before: null,
        after: { title: incident.title, severity: 'sev2' },
      },
    ]);
    expect(await auditOf(`incident:${incident.id}/alert:${id}`)).toEqual([
      {
        ...{ actor: 'user:ana', action: 'alert.promote', target: `incident:${incident.id}/alert:${id}` },
        before: { incident_id: null, version: 1 },
        after: { incident_id: incident.id, version: 2 },
      },
    ]);
  });

  it('leaves the alert where it is in its lifecycle', async () => {
    const { id } = await raised(admin);
    await expectStatus(await call('POST', `/api/v1/alerts/${id}/resolve`, { token: ana }), 200);
    await promoted(id);
    expect(await alert(id)).toMatchObject({ status: 'resolved', acknowledged_at: null });
  });

  it('is a conflict when it was promoted already, and says where', async () => {
    const { id } = await raised(admin);
    const incident = await promoted(id);
    const before = await incidents();
    const problem = await expectStatus(await promote(id, { token: ben }), 409);
    expect(problem.detail).toBe(`The alert belongs to incident ${incident.id}.`);
    expect(await incidents()).toBe(before);
  });

  it('by two at once opens one incident: one gets 201 and the other 409', async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await raised(admin);
      const before = await incidents();
      const answers = await Promise.all([promote(id), promote(id, { token: ben })]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(await incidents()).toBe(before + 1);
      const winner = await answers.find(({ status }) => status === 201)?.json<{ id: number }>();
      expect(await alert(id)).toMatchObject({ incident_id: winner?.id, version: 2 });
    }
  });

  it('links each to its own incident when several are promoted at once', async () => {
    const alerts = [await raised(admin), await raised(admin), await raised(admin), await raised(admin)];
    const made = await Promise.all(alerts.map(({ id }) => promoted(id, { title: `Of ${id}` })));
    for (const [at, { id }] of alerts.entries()) {
      expect(made[at]).toMatchObject({ title: `Of ${id}`, id: (await alert(id)).incident_id });
    }
  });

  it('refuses members, alerts that are not there, and bad input, and opens nothing', async () => {
    const { id } = await raised(admin);
    const before = await incidents();
    await expectStatus(await promote(id, { token: mia }), 403);
    await expectStatus(await promote(999_999), 404);
    const bad: [unknown, string][] = [
      [{ title: '' }, '#/title'],
      [{ severity: 'high' }, '#/severity'],
      [{ assignee: 'nobody-here' }, '#/assignee'],
      [{ status: 'resolved' }, '#/status'],
      [{ owner: 'ben' }, '#/owner'],
    ];
    for (const [body, pointer] of bad) {
      const { errors } = await expectStatus(await promote(id, { body }), 400);
      expect(errors).toEqual([{ pointer, detail: expect.any(String) }]);
    }
    expect(await incidents()).toBe(before);
    expect(await alert(id)).toMatchObject({ incident_id: null, version: 1 });
  });
});

describe('resolving an incident', () => {
  /** An incident of this person with an open, an acknowledged and a resolved alert. */
  async function incidentWithAlerts(token = ana) {
    const { id } = await opened(token);
    const alerts = [await raised(admin), await raised(admin), await raised(admin)];
    const [, acknowledged, resolved] = alerts;
    await expectStatus(await call('POST', `/api/v1/alerts/${acknowledged?.id}/acknowledge`, { token: ben }), 200);
    const body = { verdict: 'benign' };
    await expectStatus(await call('POST', `/api/v1/alerts/${resolved?.id}/resolve`, { token: ben, body }), 200);
    const ids: number[] = alerts.map((one) => one.id);
    await expectStatus(await act(ana, id, 'alerts', { alert_ids: ids }), 200);
    return { id, ids };
  }
  const statuses = async (ids: number[]) => (await Promise.all(ids.map(alert))).map(({ status }) => status);

  it('resolves its alerts with it when asked to, with the verdict', async () => {
    const { id, ids } = await incidentWithAlerts();
    const other = await raised(admin);
    const body = { resolve_alerts: true, verdict: 'True_Positive' };
    expect(await expectStatus(await act(ana, id, 'resolve', body), 200)).toMatchObject({ status: 'resolved' });
    const [open, acknowledged, resolved] = await Promise.all(ids.map(alert));
    for (const one of [open, acknowledged]) {
      expect(one).toMatchObject({ status: 'resolved', verdict: 'true_positive', resolved_by: 'ana' });
    }
    expect(resolved).toMatchObject({ verdict: 'benign', resolved_by: 'ben', version: 3 });
    expect(await statuses([other.id])).toEqual(['open']);
    const rows = await auditOf(`incident:${id}/alert:${ids[0]}`);
    expect(rows.map(({ action }) => action)).toEqual(['alert.link', 'alert.resolve']);
    expect(rows[1]).toMatchObject({ actor: 'user:ana', before: { status: 'open' }, after: { status: 'resolved' } });
    expect(await auditOf(`incident:${id}/alert:${ids[2]}`)).toHaveLength(1);
    expect((await auditOf(`incident:${id}`)).map(({ action }) => action)).toEqual([
      'incident.create',
      'incident.resolve',
    ]);
  });

  it('keeps the reports right, also when it is refused', async () => {
    const { id } = await incidentWithAlerts();
    await makeFoldDue();
    await foldCounts({ ctx: contextAt(new Date()) });
    const body = { resolve_alerts: true, verdict: 'benign' };
    for (const status of [200, 409]) {
      await expectStatus(await act(ana, id, 'resolve', body), status);
      for (const { stored, recounted } of await rollupsAndRecount()) expect(stored).toEqual(recounted);
    }
    const counted = 'SELECT count(*) AS n FROM alert_counts WHERE resolved > 0';
    expect(await env.DB.prepare(counted).first('n')).toBeGreaterThan(0);
  });

  it.each([undefined, {}, { resolve_alerts: false }])('leaves them alone when not: %j', async (body) => {
    const { id, ids } = await incidentWithAlerts();
    await expectStatus(await act(ana, id, 'resolve', body), 200);
    expect(await statuses(ids)).toEqual(['open', 'acknowledged', 'resolved']);
  });

  it('by PATCH leaves them alone', async () => {
    const { id, ids } = await incidentWithAlerts();
    const body = { status: 'resolved' };
    await expectStatus(await call('PATCH', `/api/v1/incidents/${id}`, { token: ana, body }), 200);
    expect(await statuses(ids)).toEqual(['open', 'acknowledged', 'resolved']);
  });

  it('that is refused changes no alert', async () => {
    const { id, ids } = await incidentWithAlerts(mia);
    const body = { resolve_alerts: true };
    await expectStatus(await act(mia, id, 'resolve', body), 403);
    const { errors } = await expectStatus(await act(ana, id, 'resolve', { verdict: 'benign' }), 400);
    expect(errors[0].pointer).toBe('#/verdict');
    await expectStatus(await act(ana, id, 'resolve', { ...body, verdict: 'guilty' }), 400);
    const stale = { token: ana, body, headers: { 'If-Match': '"v9"' } };
    await expectStatus(await call('POST', `/api/v1/incidents/${id}/resolve`, stale), 412);
    await expectStatus(await act(mia, id, 'resolve'), 200);
    await expectStatus(await act(ana, id, 'resolve', body), 409);
    expect(await statuses(ids)).toEqual(['open', 'acknowledged', 'resolved']);
  });

  it('by two at once, changes the alerts as the winner asked', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, ids } = await incidentWithAlerts();
      const answers = await Promise.all([
        act(ana, id, 'resolve', { resolve_alerts: true }),
        act(ben, id, 'resolve', { resolve_alerts: false }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const won = answers[0]?.status === 200;
      expect(await statuses(ids)).toEqual(won ? Array(3).fill('resolved') : ['open', 'acknowledged', 'resolved']);
    }
  });
});
