import { env } from 'cloudflare:workers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf, posted, raised } from '../support/events.ts';
import { fillEvents, timeOf } from '../support/fill-events.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

const FORMULA = '=HYPERLINK("http://a.example","click, me")';

let token: string;
beforeAll(async () => {
  token = await signedIn('admin');
  await posted(token, { description: FORMULA, attributes: { 'a "b"': [1, { c: 'd,e' }] }, external_id: 'x-1' });
  await posted(token, {
    source: 'fw-1',
    description: 'two\nlines, "quoted"',
    occurred_at: '2026-11-20T08:00:00+01:00',
  });
  const { id } = await raised(token, { source: 'fw-1', description: '@SUM(A1)' });
  await raised(token, { source: 'fw-2', severity: 'critical' });
  const incident = await opened(token, { title: '-1', tags: ['db', 'ransomware'], description: "'=1\r\n\tx" });
  await expectStatus(await act(token, incident.id, 'alerts', { alert_ids: [id] }), 200);
  await opened(token, { title: 'Löschzug, “quoted”', severity: 'sev3', service: 'payments' });
});

const get = (path: string, as = token) => call('GET', `/api/v1/${path}`, { token: as });

async function exported(path: string): Promise<string> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return textOf(response);
}

// `text()` would warn of a type that is not `text/…`.
const textOf = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer());

const linesOf = (text: string) => text.split('\n').filter(Boolean);
const itemsOf = (text: string) => linesOf(text).map((line) => JSON.parse(line));
const idsOf = (items: { id: number }[]) => items.map(({ id }) => id);

const LISTS = [
  ['events', 'event', 'source=fw-1', 'sort_order=asc&severity=high,critical'],
  ['alerts', 'alert', 'source=fw-1', 'sort_order=asc&status=open'],
  ['incidents', 'incident', 'tag=db', 'sort_by=title&sort_order=asc&severity=sev1,sev3'],
] as const;

describe.each(LISTS)('the export of %s', (list, thing, filter, another) => {
  it.each(['', filter, another])('holds what the list shows, in its order: %s', async (query) => {
    const { data } = await expectStatus(await get(`${list}?limit=100&${query}`), 200);
    expect(data.length).toBeGreaterThan(0);
    expect(itemsOf(await exported(`${list}/export?${query}`))).toEqual(data);
  });

  it('is a file to keep', async () => {
    const response = await get(`${list}/export?format=CSV`);
    await response.text();
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const name = new RegExp(`^attachment; filename="${list}-[\\d-]{10}\\.csv"$`);
    expect(response.headers.get('Content-Disposition')).toMatch(name);
  });

  it('has the columns that the reference names, and every row', async () => {
    const { paths } = await expectStatus(await call('GET', '/openapi.json'), 200);
    const [, columns] = paths[`/${list}/export`].get.description.match(/has the columns ([\w, ]+):/);
    const rows: string[][] = parse(await exported(`${list}/export?format=csv`), { record_delimiter: '\r\n' });
    expect(rows[0]).toEqual(columns.split(', '));
    const { data } = await expectStatus(await get(`${list}?limit=100`), 200);
    expect(rows.slice(1).map(([id]) => Number(id))).toEqual(idsOf(data));
  });

  it('is nothing but a header when nothing matches', async () => {
    expect(await exported(`${list}/export?from=2099-01-01T00:00:00Z`)).toBe('');
    expect(linesOf(await exported(`${list}/export?from=2099-01-01T00:00:00Z&format=csv`))).toHaveLength(1);
  });

  it('is written down before it starts, with its filters', async () => {
    const response = await get(`${list}/export?format=csv&${filter}`);
    const [name = '', value = ''] = filter.split('=');
    const row = (await auditOf(list)).at(-1);
    expect(row).toMatchObject({ actor: 'user:admin', action: `${thing}.export`, after: { format: 'csv' } });
    expect([row?.after?.[name]].flat()).toEqual([value]);
    await response.body?.cancel();
  });

  it('is not begun when it cannot be written down', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const bindings = { DB: brokenDb(OVERLOADED) };
    // The person is known from the requests before.
    const response = await callWith('GET', `/api/v1/${list}/export`, { token, bindings });
    await expectStatus(response, 503);
    vi.restoreAllMocks();
  });

  it.each([
    ['limit=5', 'query/limit'],
    ['page=1', 'query/page'],
    ['cursor=5', 'query/cursor'],
    ['format=xml', 'query/format'],
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'query/from'],
    ['format=csv&format=csv', 'query/format'],
  ])('refuses %s', async (query, pointer) => {
    const { errors } = await expectStatus(await get(`${list}/export?${query}`), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('is for people', async () => {
    expect((await call('GET', `/api/v1/${list}/export`)).status).toBe(401);
  });
});

describe('a CSV', () => {
  const records = async (path: string): Promise<Record<string, string>[]> =>
    parse(await exported(path), { columns: true, record_delimiter: '\r\n' });

  it('of events has their attributes as JSON and their origin flat', async () => {
    const [first, second] = await records('events/export?format=csv&sort_order=asc');
    expect(first).toMatchObject({
      description: `'${FORMULA}`,
      external_id: 'x-1',
      occurred_at: '',
      origin_country: '',
    });
    expect(JSON.parse(first?.attributes ?? '')).toEqual({ 'a "b"': [1, { c: 'd,e' }] });
    expect(second).toMatchObject({ description: 'two\nlines, "quoted"', occurred_at: '2026-11-20T07:00:00.000Z' });
  });

  it('of alerts has what their event says', async () => {
    const [row] = await records('alerts/export?format=csv&source=fw-1');
    const { data } = await expectStatus(await get('alerts?source=fw-1'), 200);
    expect(row).toMatchObject({
      source: 'fw-1',
      event_type: 'scan',
      description: "'@SUM(A1)",
      event_id: String(data[0].event.id),
      incident_id: String(data[0].incident_id),
      verdict: '',
    });
  });

  it('of incidents has their tags in one cell', async () => {
    const [row] = await records('incidents/export?format=csv&tag=db');
    expect(row).toMatchObject({ title: "'-1", tags: 'db;ransomware', description: "''=1\r\n\tx", assignee: '' });
  });
});

it('refuses to look on two shelves of incidents at once', async () => {
  const { errors } = await expectStatus(await get('incidents/export?archived=true&deleted=true'), 400);
  expect(errors[0].pointer).toBe('query/archived');
});

describe('a long export', () => {
  const EVENTS = 12_000;
  const { db, cost, reset } = countedDb(env.DB);
  const counted = (path: string) => callWith('GET', `/api/v1/${path}`, { token, bindings: { DB: db } });

  beforeAll(async () => {
    await env.DB.prepare('DELETE FROM events').run();
    await env.DB.prepare(fillEvents({ from: 1, to: EVENTS })).run();
  });
  afterAll(async () => {
    await env.DB.prepare('DELETE FROM events').run();
  });

  it.each(['asc', 'desc'])('reads each row once, 5,000 a query: %s', async (order) => {
    reset();
    const ids = idsOf(itemsOf(await textOf(await counted(`events/export?sort_order=${order}`))));
    const upwards = Array.from({ length: EVENTS }, (_, index) => index + 1);
    expect(ids).toEqual(order === 'asc' ? upwards : upwards.reverse());
    expect(cost.rowsRead).toBeLessThanOrEqual(1.02 * EVENTS + 20);
    expect(cost.calls).toBeLessThanOrEqual(Math.ceil(EVENTS / 5_000) + 3);
  });

  it('reads with a filter what the filter looks through, and misses nothing', async () => {
    reset();
    const ids = idsOf(itemsOf(await textOf(await counted('events/export?source=sensor-7'))));
    expect(ids).toHaveLength(EVENTS / 50);
    expect(cost.rowsRead).toBeLessThanOrEqual(2.05 * EVENTS + 20);
    expect(cost.calls).toBeLessThanOrEqual(2 * Math.ceil(EVENTS / 5_000) + 3);
  });

  it('reads on only when the reader asks for more, and stops when the reader goes away', async () => {
    reset();
    const response = await counted('events/export');
    const started = cost.calls;
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.byteLength).toBeGreaterThan(0);
    await new Promise((wait) => setTimeout(wait, 50));
    expect(cost.calls).toBe(started + 1);
    await reader?.cancel();
    await new Promise((wait) => setTimeout(wait, 50));
    expect(cost.calls).toBe(started + 1);
  });

  it('does not take a reader who goes away for a fault', async () => {
    const errors = vi.spyOn(console, 'error');
    const reader = (await counted('events/export')).body?.getReader();
    const waiting = reader?.read();
    await reader?.cancel();
    await waiting;
    await new Promise((wait) => setTimeout(wait, 100));
    expect(errors).not.toHaveBeenCalled();
  });

  it('takes fewer rows at a time where they are large', async () => {
    await env.DB.prepare(fillEvents({ from: EVENTS + 1, to: EVENTS + 1_500, bytes: 16_000 })).run();
    const response = await counted(`events/export?from=${timeOf(EVENTS + 1)}`);
    const pages: number[] = [];
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      pages.push(linesOf(new TextDecoder().decode(chunk)).length);
    }
    expect(pages.reduce((sum, rows) => sum + rows)).toBe(1_500);
    expect(pages[0]).toBe(500);
    expect(Math.max(...pages.slice(1))).toBeLessThan(250);
  });
});
