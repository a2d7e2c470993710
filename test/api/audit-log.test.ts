import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { rowOfLine } from '../../src/audit/export-line.ts';
import worker from '../../src/index.ts';
import { writeRows } from '../support/audit-log.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus, requestTo } from '../support/client.ts';
import { raised } from '../support/events.ts';
import { withOwnSessions } from '../support/own-sessions.ts';
import { PASSWORD, signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

type Row = {
  id: number;
  timestamp: string;
  actor: string;
  action: string;
  target: string;
  before: object | null;
  after: object | null;
  ip: string | null;
  request_id: string;
};

let admin: string;
let analyst: string;
let all: Row[];
const secrets: string[] = [PASSWORD];

const get = (path: string, token = admin) => call('GET', `/api/v1/auditlogs${path}`, { token });
const list = async (query: string) => expectStatus(await get(`?${query}`), 200);
const idsOf = (rows: Row[]) => rows.map(({ id }) => id);
const matching = (test: (row: Row) => boolean) => idsOf(all.filter(test));
/** `text()` warns that NDJSON might be no text. */
const textOf = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer());
const lines = (text: string) => text.trimEnd().split('\n');

async function exported(query = ''): Promise<Response> {
  const response = await get(`/export?${query}`);
  expect(response.status).toBe(200);
  return response;
}

beforeAll(async () => {
  admin = await signedIn('admin');
  analyst = await signedIn('analyst', 'ana');
  secrets.push(admin, analyst);
  const { id } = await raised(admin, { severity: 'high', description: 'Straße, "quoted"' });
  await expectStatus(await call('POST', `/api/v1/alerts/${id}/acknowledge`, { token: analyst }), 200);
  await expectStatus(await call('POST', `/api/v1/alerts/${id}/resolve`, { token: admin }), 200);
  const body = { username: 'ana', password: PASSWORD };
  const { access, refresh } = await expectStatus(await call('POST', '/api/v1/token', { body }), 200);
  secrets.push(access, refresh);
  const renewed = await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh } }), 200);
  secrets.push(renewed.access, renewed.refresh);
  const sensor = { token: admin, body: { name: '=cmd()|fw' } };
  secrets.push((await expectStatus(await call('POST', '/api/v1/sensors', sensor), 201)).key);
  const ben = { username: 'ben', password: 'another long passphrase 1', role: 'member' };
  secrets.push(ben.password);
  await expectStatus(await call('POST', '/api/v1/users', { token: admin, body: ben }), 201);
  await writeRows(20);
  all = (await list('limit=100&sort_order=asc')).data;
});

describe('the audit log', () => {
  it('is newest first, and shows who did what to which thing', async () => {
    const { data, next_cursor } = await list('');
    expect(idsOf(data)).toEqual(idsOf(all).reverse().slice(0, 20));
    expect(next_cursor).toBe(String(data.at(-1).id));
    const [row] = (await list('action=alert.acknowledge')).data;
    expect(row).toEqual({
      id: expect.any(Number),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/),
      actor: 'user:ana',
      action: 'alert.acknowledge',
      target: expect.stringMatching(/^alert:\d+$/),
      before: expect.objectContaining({ status: 'open' }),
      after: expect.objectContaining({ status: 'acknowledged' }),
      ip: null,
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('counts its rows without a gap', () => {
    expect(idsOf(all)).toEqual(all.map((_, index) => index + 1));
  });

  it.each<[string, (row: Row) => boolean]>([
    ['actor=user:ana', (row) => row.actor === 'user:ana'],
    ['actor=system:cron', (row) => row.actor === 'system:cron'],
    ['action=test.write', (row) => row.action === 'test.write'],
    ['action=user.create&actor=user:admin', (row) => row.action === 'user.create'],
    ['target=user:ana', (row) => row.target === 'user:ana'],
    ['target=thing:3&action=test.write', (row) => row.target === 'thing:3'],
  ])('holds with %s exactly the rows that match', async (query, matches) => {
    expect(matching(matches).length).toBeGreaterThan(0);
    expect(idsOf((await list(`limit=100&sort_order=asc&${query}`)).data)).toEqual(matching(matches));
    expect((await list(`page=1&${query}`)).total).toBe(matching(matches).length);
  });

  it('finds what one request did', async () => {
    const response = await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'fw-2' } });
    const requestId = response.headers.get('X-Request-Id');
    const { data } = await list(`request_id=${requestId}`);
    expect(data).toMatchObject([{ action: 'sensor.create', request_id: requestId }]);
    expect((await list('request_id=nobody')).data).toEqual([]);
  });

  it('takes from and to with their own millisecond', async () => {
    const at = all[5]?.timestamp ?? '';
    const found = async (query: string) =>
      idsOf((await list(`limit=100&sort_order=asc&action=test.write&${query}`)).data);
    const written = (test: (row: Row) => boolean) => matching((row) => row.action === 'test.write' && test(row));
    expect(await found(`from=${at}`)).toEqual(written((row) => row.timestamp >= at));
    expect(await found(`to=${at}`)).toEqual(written((row) => row.timestamp <= at));
    expect(await found('from=2100-01-01T00:00:00Z')).toEqual([]);
  });

  it.each(['', 'actor=system:cron&', 'sort_order=asc&'])('is walked by cursor: %s', async (query) => {
    const seen: number[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`${query}limit=7${cursor}`);
      seen.push(...idsOf(page.data));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual(idsOf((await list(`${query}limit=100`)).data));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    '?colour=red',
    '?actor=a&actor=b',
    '?page=1&cursor=2',
    '?from=yesterday',
    '/export?limit=5',
    '/export?format=xml',
    '/export?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
    '/verify?from_id=0',
    '/seals?format=csv',
  ])('refuses %s', async (path) => {
    expect((await get(path)).status).toBe(400);
  });

  it.each(['', '/export', '/seals', '/verify'])('is the admin’s only: %s', async (path) => {
    expect((await get(path, analyst)).status).toBe(403);
    expect((await call('GET', `/api/v1/auditlogs${path}`)).status).toBe(401);
  });

  it('never holds a secret', async () => {
    const { results } = await env.DB.prepare('SELECT * FROM audit_rows').all();
    const text = JSON.stringify(results);
    expect(text).toContain('user:ben');
    expect(secrets.length).toBe(9);
    for (const secret of secrets) expect(text.includes(secret)).toBe(false);
  });
});

describe('the export', () => {
  it('holds in NDJSON what the list holds, oldest first, and ends with its own row', async () => {
    const response = await exported();
    expect(response.headers.get('Content-Type')).toBe('application/x-ndjson; charset=utf-8');
    expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename="audit-log-[\d-]{10}\.ndjson"$/);
    const rows = lines(await textOf(response)).map((line) => JSON.parse(line));
    const shown = rows.map(({ before_stored, after_stored, ...row }) => row);
    const listed = await list('limit=100&sort_order=asc');
    expect(shown).toEqual(listed.data);
    expect(shown.at(-1)).toMatchObject({
      actor: 'user:admin',
      action: 'audit.export',
      target: 'audit_rows',
      after: { format: 'ndjson' },
    });
  });

  it('holds the very text that is stored', async () => {
    const rows = lines(await textOf(await exported())).map(rowOfLine);
    const { results } = await env.DB.prepare('SELECT * FROM audit_rows WHERE id <= ? ORDER BY id')
      .bind(rows.length)
      .all();
    expect(rows.map(({ requestId, ...row }) => ({ ...row, request_id: requestId }))).toEqual(results);
  });

  it('takes the list’s filters and writes them down', async () => {
    const from = all[0]?.timestamp;
    const rows = lines(await textOf(await exported(`action=test.write&from=${from}`))).map((line) => JSON.parse(line));
    expect(idsOf(rows)).toEqual(matching(({ action }) => action === 'test.write'));
    const [row] = (await list('action=audit.export&limit=1')).data;
    expect(row.after).toEqual({ format: 'ndjson', action: 'test.write', from });
    expect(await textOf(await exported('actor=nobody'))).toBe('');
  });

  it('is CSV with a header, CRLF, and no formula', async () => {
    const response = await exported('format=CSV&action=sensor.create');
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const [header, row] = (await textOf(response)).split('\r\n');
    expect(header).toBe('id,timestamp,actor,action,target,before,after,ip,request_id');
    expect(row).toMatch(
      /^\d+,\d{4}-[^,]*Z,user:admin,sensor\.create,sensor:1,,"\{""name"":""=cmd\(\)\|fw"",.*\}",,[0-9a-f-]{36}$/,
    );
    await env.DB.prepare(
      "INSERT INTO audit_rows (timestamp, actor, action, target, request_id) VALUES (?, '=1+1', '@a', '-b', '+c')",
    )
      .bind(Date.now())
      .run();
    const text = await textOf(await exported('format=csv&action=@a'));
    expect(text.split('\r\n')[1]).toMatch(/,'=1\+1,'@a,'-b,,,,'\+c$/);
  });

  it('reads page by page, however long it is', async () => {
    const before = (await list('page=1')).total;
    const fill = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
      INSERT INTO audit_rows (timestamp, actor, action, target, request_id)
      SELECT ${Date.now()}, 'system:cron', 'test.fill', 'thing:' || i, 'request' FROM n`;
    await env.DB.prepare(fill).run();
    const rows = lines(await textOf(await exported()));
    expect(rows.length).toBe(before + 6_001);
    expect(rows.map((row) => JSON.parse(row).id)).toEqual(rows.map((_, index) => index + 1));
    expect(lines(await textOf(await exported('target=thing:5999'))).length).toBe(1);
    expect(lines(await textOf(await exported('format=csv'))).length).toBe(before + 6_000 + 2 + 2);
  });

  it('is not begun when it cannot be written down', async () => {
    vi.spyOn(console, 'warn').mockReturnValueOnce();
    const bindings = { DB: brokenDb(OVERLOADED) };
    const response = await callWith('GET', '/api/v1/auditlogs/export', { token: admin, bindings });
    expect(response.status).toBe(503);
  });

  it('breaks off, so that half of it is not taken for the whole, when reading fails on the way', async () => {
    const errors = vi.spyOn(console, 'error').mockReturnValue();
    let pages = 0;
    const prepare = (sql: string) => {
      if (/^select .* from "audit_rows"/i.test(sql)) pages += 1;
      return pages > 2 ? brokenDb(OVERLOADED).prepare(sql) : env.DB.prepare(sql);
    };
    const DB = withOwnSessions({ prepare, batch: env.DB.batch.bind(env.DB) });
    const execution = createExecutionContext();
    const request = requestTo('GET', '/api/v1/auditlogs/export', { token: admin });
    const response = await worker.fetch(request, { ...env, DB }, execution);
    expect(response.status).toBe(200);
    await expect(textOf(response)).rejects.toThrow();
    expect(pages).toBe(3);
    expect(errors.mock.calls.flat().join()).toContain('an export broke off');
  });
});
