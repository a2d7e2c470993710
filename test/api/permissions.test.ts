import { beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../src/identity/permissions.ts';
import { call, expectStatus } from '../support/client.ts';
import { accessToken, person, sessionOf } from '../support/people.ts';

const CALLERS = ['anonymous', 'admin', 'analyst', 'member', 'sensor', 'revoked'] as const;
type Caller = (typeof CALLERS)[number];

const ids: Record<string, number> = {};
let sensorKey: string;
let revokedKey: string;
beforeAll(async () => {
  for (const role of ['admin', 'analyst', 'member'] as const) ids[role] = (await person({ username: role, role })).id;
  const token = await tokenOf('admin');
  const add = async (name: string) =>
    expectStatus(await call('POST', '/api/v1/sensors', { token, body: { name } }), 201);
  sensorKey = (await add('fw-1')).key;
  const { id, key } = await add('fw-2');
  await expectStatus(await call('DELETE', `/api/v1/sensors/${id}`, { token }), 204);
  revokedKey = key;
});

/** The credentials of a caller; a person's are of a new session each time, since some operations end sessions. */
async function tokenOf(caller: Caller): Promise<string | undefined> {
  if (caller === 'anonymous') return undefined;
  if (caller === 'sensor') return sensorKey;
  if (caller === 'revoked') return revokedKey;
  const id = ids[caller] ?? 0;
  return accessToken({ sub: String(id), username: caller, role: caller, sid: await sessionOf(id) });
}

/** What a caller is told: let in, told to sign in, or not allowed. The body is bad, so that nothing is changed. */
async function admission(caller: Caller, { method, path }: { method: string; path: string }) {
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  const url = `/api/v1${path.replaceAll(/\{\w+\}/g, '999999')}`;
  const { status } = await call(method, url, { token: await tokenOf(caller), body });
  return status === 401 || status === 403 ? status : 'in';
}

// Whose key was revoked is a stranger again.
const isStranger = (caller: Caller) => caller === 'anonymous' || caller === 'revoked';
const refusalOf = (caller: Caller) => (isStranger(caller) ? 401 : 403);

type Operation = { method: string; path: string; permission: string | undefined; security: unknown[] };

async function operations(): Promise<Operation[]> {
  const { paths } = await expectStatus(await call('GET', '/openapi.json'), 200);
  return Object.entries<Record<string, { 'x-permission'?: string; security: unknown[] }>>(paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        permission: operation['x-permission'],
        security: operation.security,
      })),
  );
}

describe('every operation of the API', () => {
  it('says which permission it needs, and whether one must sign in', async () => {
    const all = await operations();
    expect(all.length).toBeGreaterThan(20);
    for (const { method, path, permission, security } of all) {
      const name = `${method} ${path}`;
      expect({ name, known: permission !== undefined && permission in PERMISSIONS }).toEqual({ name, known: true });
      expect({ name, open: security.length === 0 }).toEqual({ name, open: permission === 'public' });
    }
  });

  it.each(CALLERS)('lets in whom its permission names and nobody else: %s', async (caller) => {
    for (const operation of await operations()) {
      const allowed = PERMISSIONS[operation.permission as keyof typeof PERMISSIONS] as readonly string[];
      const expected = allowed.includes(isStranger(caller) ? 'anonymous' : caller) ? 'in' : refusalOf(caller);
      const name = `${operation.method} ${operation.path}`;
      expect({ name, is: await admission(caller, operation) }).toEqual({ name, is: expected });
    }
  });
});

// The table of the design, by hand: who may do what with events, alerts, people and sensors.
const TABLE: [string, string, Caller[]][] = [
  ['POST', '/events', ['admin', 'analyst', 'member', 'sensor']],
  ['POST', '/events/batch', ['admin', 'analyst', 'member', 'sensor']],
  ['GET', '/events', ['admin', 'analyst', 'member']],
  ['GET', '/events/export', ['admin', 'analyst', 'member']],
  ['GET', '/events/cold-store', ['admin']],
  ['GET', '/events/cold-store/{id}/content', ['admin']],
  ['GET', '/events/facets', ['admin', 'analyst', 'member']],
  ['GET', '/events/{id}', ['admin', 'analyst', 'member']],
  ['PUT', '/events/{id}', ['admin']],
  ['PATCH', '/events/{id}', ['admin']],
  ['DELETE', '/events/{id}', ['admin']],
  ['GET', '/alerts', ['admin', 'analyst', 'member']],
  ['GET', '/alerts/export', ['admin', 'analyst', 'member']],
  ['GET', '/alerts/facets', ['admin', 'analyst', 'member']],
  ['GET', '/alerts/{id}', ['admin', 'analyst', 'member']],
  ['GET', '/alerts/{id}/events', ['admin', 'analyst', 'member']],
  ['POST', '/alerts/{id}/acknowledge', ['admin', 'analyst']],
  ['POST', '/alerts/{id}/resolve', ['admin', 'analyst']],
  ['POST', '/alerts/{id}/assign', ['admin', 'analyst']],
  ['POST', '/alerts/{id}/promote', ['admin', 'analyst']],
  ['POST', '/alerts/bulk', ['admin', 'analyst']],
  ['PUT', '/alerts/{id}', ['admin']],
  ['PATCH', '/alerts/{id}', ['admin']],
  ['DELETE', '/alerts/{id}', ['admin']],
  ['GET', '/grouping-rules', ['admin', 'analyst', 'member']],
  ['POST', '/grouping-rules', ['admin']],
  ['POST', '/grouping-rules/preview', ['admin', 'analyst', 'member']],
  ['GET', '/grouping-rules/{id}', ['admin', 'analyst', 'member']],
  ['PATCH', '/grouping-rules/{id}', ['admin']],
  ['DELETE', '/grouping-rules/{id}', ['admin']],
  ['GET', '/silences', ['admin', 'analyst', 'member']],
  ['POST', '/silences', ['admin', 'analyst']],
  ['POST', '/silences/preview', ['admin', 'analyst', 'member']],
  ['GET', '/silences/{id}', ['admin', 'analyst', 'member']],
  ['PATCH', '/silences/{id}', ['admin', 'analyst']],
  ['DELETE', '/silences/{id}', ['admin', 'analyst']],
  ['GET', '/maintenance-windows', ['admin', 'analyst', 'member']],
  ['POST', '/maintenance-windows', ['admin', 'analyst']],
  ['GET', '/maintenance-windows/{id}', ['admin', 'analyst', 'member']],
  ['GET', '/maintenance-windows/{id}/occurrences', ['admin', 'analyst', 'member']],
  ['PATCH', '/maintenance-windows/{id}', ['admin', 'analyst']],
  ['DELETE', '/maintenance-windows/{id}', ['admin', 'analyst']],
  ['GET', '/escalation-policies', ['admin', 'analyst', 'member']],
  ['POST', '/escalation-policies', ['admin']],
  ['POST', '/escalation-policies/preview', ['admin', 'analyst', 'member']],
  ['GET', '/escalation-policies/{id}', ['admin', 'analyst', 'member']],
  ['PATCH', '/escalation-policies/{id}', ['admin']],
  ['DELETE', '/escalation-policies/{id}', ['admin']],
  ['GET', '/alerts/{id}/escalation', ['admin', 'analyst', 'member']],
  ['GET', '/incidents/export', ['admin', 'analyst', 'member']],
  ['POST', '/incidents/import', ['admin', 'analyst', 'member']],
  ['GET', '/incidents/facets', ['admin', 'analyst', 'member']],
  ['GET', '/incidents/{id}', ['admin', 'analyst', 'member']],
  ['GET', '/incidents/{id}/report', ['admin', 'analyst', 'member']],
  ['POST', '/incidents', ['admin', 'analyst', 'member']],
  ['PUT', '/incidents/{id}', ['admin', 'analyst', 'member']],
  ['DELETE', '/incidents/{id}', ['admin', 'analyst', 'member']],
  ['GET', '/incidents', ['admin', 'analyst', 'member']],
  ['GET', '/tags', ['admin', 'analyst', 'member']],
  ['POST', '/incidents/{id}/tags', ['admin', 'analyst', 'member']],
  ['DELETE', '/incidents/{id}/tags/{tag}', ['admin', 'analyst', 'member']],
  ['GET', '/incidents/{id}/alerts', ['admin', 'analyst', 'member']],
  ['POST', '/incidents/{id}/alerts', ['admin', 'analyst']],
  ['DELETE', '/incidents/{id}/alerts/{alert_id}', ['admin', 'analyst']],
  ['GET', '/incidents/{id}/timeline', ['admin', 'analyst', 'member']],
  ['GET', '/incidents/{id}/notes', ['admin', 'analyst', 'member']],
  ['POST', '/incidents/{id}/notes', ['admin', 'analyst', 'member']],
  ['GET', '/notes/{id}/history', ['admin', 'analyst', 'member']],
  ['PUT', '/notes/{id}', ['admin', 'analyst', 'member']],
  ['DELETE', '/notes/{id}', ['admin', 'analyst', 'member']],
  ['POST', '/incidents/{id}/evidence', ['admin', 'analyst', 'member']],
  ['GET', '/incidents/{id}/evidence', ['admin', 'analyst', 'member']],
  ['GET', '/evidence/{id}', ['admin', 'analyst', 'member']],
  ['GET', '/evidence/{id}/content', ['admin', 'analyst', 'member']],
  ['GET', '/evidence/{id}/custody', ['admin', 'analyst', 'member']],
  ['DELETE', '/evidence/{id}', ['admin', 'analyst', 'member']],
  ['GET', '/reports/summary', ['admin', 'analyst', 'member']],
  ['GET', '/reports/timeseries', ['admin', 'analyst', 'member']],
  ['GET', '/reports/rollups/{day}', ['admin']],
  ['POST', '/reports/rollups/{day}/rebuild', ['admin']],
  ['POST', '/users', ['admin']],
  ['GET', '/users', ['admin']],
  ['PATCH', '/users/{id}', ['admin']],
  ['POST', '/users/{id}/reset', ['admin']],
  ['POST', '/invitations', ['admin']],
  ['GET', '/invitations', ['admin']],
  ['GET', '/auditlogs', ['admin']],
  ['GET', '/auditlogs/verify', ['admin']],
  ['POST', '/sensors', ['admin']],
  ['GET', '/sensors', ['admin']],
  ['PATCH', '/sensors/{id}', ['admin']],
  ['GET', '/sensors/{id}/origins', ['admin']],
  ['POST', '/sensors/{id}/rotate', ['admin']],
  ['DELETE', '/sensors/{id}', ['admin']],
  ['POST', '/channels', ['admin']],
  ['GET', '/channels', ['admin']],
  ['POST', '/channels/preview', ['admin']],
  ['GET', '/channels/{id}', ['admin']],
  ['PATCH', '/channels/{id}', ['admin']],
  ['DELETE', '/channels/{id}', ['admin']],
  ['POST', '/channels/{id}/rotate', ['admin']],
  ['POST', '/channels/{id}/test', ['admin']],
  ['GET', '/views', ['admin', 'analyst', 'member']],
  ['POST', '/views', ['admin', 'analyst', 'member']],
  ['GET', '/views/{id}', ['admin', 'analyst', 'member']],
  ['PATCH', '/views/{id}', ['admin', 'analyst', 'member']],
  ['DELETE', '/views/{id}', ['admin', 'analyst', 'member']],
  ['GET', '/settings', ['admin']],
  ['GET', '/deliveries', ['admin']],
  ['GET', '/deliveries/{id}', ['admin']],
  ['POST', '/deliveries/redeliver', ['admin']],
  ['POST', '/deliveries/{id}/redeliver', ['admin']],
  ['POST', '/live/ticket', ['admin', 'analyst', 'member']],
  ['GET', '/live', ['admin', 'analyst', 'member']],
  ['GET', '/auth/me', ['admin', 'analyst', 'member']],
];

describe('the permission table', () => {
  it.each(TABLE)('holds for %s %s', async (method, path, allowed) => {
    for (const caller of CALLERS) {
      const expected = allowed.includes(isStranger(caller) ? 'anonymous' : caller) ? 'in' : refusalOf(caller);
      expect({ caller, is: await admission(caller, { method, path }) }).toEqual({ caller, is: expected });
    }
  });

  it('lets nobody who calls from outside act as the system', () => {
    expect(PERMISSIONS['alert.raise']).toEqual(['system']);
    expect(PERMISSIONS['queue.record']).toEqual(['system']);
    expect(PERMISSIONS['report.fold']).toEqual(['system']);
    expect(PERMISSIONS['retention.move']).toEqual(['system']);
    expect(PERMISSIONS['credential.forget']).toEqual(['system']);
    expect(PERMISSIONS['delivery.send']).toEqual(['system']);
    expect(PERMISSIONS['escalation.advance']).toEqual(['system']);
  });
});
