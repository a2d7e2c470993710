import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { posted, SCAN } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  await posted(admin);
});

const SENT = 'zebra-7431';
const IDS = Array.from({ length: 150 }, (_, index) => index + 1).join(',');

const QUERIES: [string, string][] = [
  [`colour=${SENT}`, 'query/colour'],
  ['limit=20&limit=30', 'query/limit'],
  ['limit=0', 'query/limit'],
  ['limit=101', 'query/limit'],
  [`limit=${SENT}`, 'query/limit'],
  ['limit=', 'query/limit'],
  ['limit=1e1', 'query/limit'],
  ['limit=-1', 'query/limit'],
  ['page=-1', 'query/page'],
  ['page=0', 'query/page'],
  ['page=501&limit=20', 'query/page'],
  ['page=101&limit=100', 'query/page'],
  ['page=1&cursor=5', 'query/page'],
  [`cursor=${SENT}`, 'query/cursor'],
  ['cursor=0', 'query/cursor'],
  [`id=${IDS}`, 'query/id'],
  [`severity=${SENT}`, 'query/severity/0'],
  [`severity=high,${SENT}`, 'query/severity/1'],
  ['severity=', 'query/severity/0'],
  ['from=yesterday', 'query/from'],
  ['to=2026-13-01T00:00:00Z', 'query/to'],
  ['from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z', 'query/from'],
  ['sort_by=description', 'query/sort_by'],
  ['sort_by=id;DROP TABLE events', 'query/sort_by'],
  ['sort_order=up', 'query/sort_order'],
  ['id=1,abc', 'query/id/1'],
  [`search=${'a'.repeat(200)}`, 'query/search'],
  ['search=', 'query/search'],
];

const OF_EVENTS: [string, string][] = [[`source=${'a'.repeat(201)}`, 'query/source']];

const OF_ALERTS: [string, string][] = [
  [`status=${SENT}`, 'query/status/0'],
  [`event__severity=${SENT}`, 'query/event__severity/0'],
  [`assignee=${SENT} nobody`, 'query/assignee'],
  [`words=${SENT}`, 'query/words'],
];

async function expectBadRequest(path: string, pointer?: string) {
  const response = await call('GET', path, { token: admin });
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const problem = await expectStatus(response, 400);
  if (pointer) expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  expect(JSON.stringify(problem)).not.toContain(SENT);
}

describe('GET /events answers 400 to', () => {
  it.each([...QUERIES, ...OF_EVENTS])('%s', (query, pointer) => expectBadRequest(`/api/v1/events?${query}`, pointer));
});

describe('GET /alerts answers 400 to', () => {
  it.each([...QUERIES, ...OF_ALERTS])('%s', (query, pointer) => expectBadRequest(`/api/v1/alerts?${query}`, pointer));
});

describe('a path', () => {
  it.each(['abc', '0', '-1', '1.5', '01', '1e3', '9999999999999999999', '%00'])('with the id %s is 400', async (id) => {
    await expectBadRequest(`/api/v1/events/${id}`, 'path/id');
    await expectBadRequest(`/api/v1/alerts/${id}`, 'path/id');
  });

  it.each([
    ['GET', '/api/v1/events/999999999'],
    ['PATCH', '/api/v1/events/999999999'],
    ['PUT', '/api/v1/events/999999999'],
    ['DELETE', '/api/v1/events/999999999'],
    ['GET', '/api/v1/alerts/999999999'],
    ['PATCH', '/api/v1/alerts/999999999'],
    ['DELETE', '/api/v1/alerts/999999999'],
    ['POST', '/api/v1/alerts/999999999/acknowledge'],
    ['POST', '/api/v1/alerts/999999999/resolve'],
    ['DELETE', '/api/v1/sensors/999999999'],
    ['GET', '/api/v1/nothing'],
    ['POST', '/api/v1/events/1/nothing'],
    ['GET', '/nothing'],
  ])('of what does not exist is 404: %s %s', async (method, path) => {
    const body = method === 'PUT' ? SCAN : method === 'PATCH' ? { severity: 'high' } : undefined;
    const response = await call(method, path, { token: admin, body });
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect((await expectStatus(response, 404)).type).toBe('/problems#not_found');
  });

  it.each([
    ['DELETE', '/api/v1/events', ['GET', 'POST']],
    ['PUT', '/api/v1/events', ['GET', 'POST']],
    ['POST', '/api/v1/alerts', ['GET']],
    ['POST', '/api/v1/alerts/1', ['DELETE', 'GET', 'PATCH', 'PUT']],
    ['GET', '/api/v1/alerts/1/acknowledge', ['POST']],
    ['GET', '/api/v1/token/', ['POST']],
    ['POST', '/health', ['GET']],
  ])('that has no such method is 405 with Allow: %s %s', async (method, path, allowed) => {
    const response = await call(method, path, { token: admin });
    expect(response.headers.get('Allow')?.split(', ').sort()).toEqual(allowed);
    await expectStatus(response, 405);
  });
});
