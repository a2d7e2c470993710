import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf } from '../support/events.ts';
import { opened } from '../support/incidents.ts';
import { person, signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let max: string;
beforeAll(async () => {
  max = await signedIn('member', 'max');
  await person({ username: 'ana', role: 'analyst' });
  await person({ username: 'gone', role: 'analyst' });
  await env.DB.prepare("UPDATE users SET disabled = 1 WHERE username = 'gone'").run();
});

const CSV = { 'Content-Type': 'text/csv; charset=utf-8' };

const send = (body: string | Uint8Array, headers: Record<string, string> = CSV) =>
  call('POST', '/api/v1/incidents/import', { token: max, body, headers });

const imported = async (body: string | Uint8Array) => expectStatus(await send(body), 200);
const incident = async (id: number) => expectStatus(await call('GET', `/api/v1/incidents/${id}`, { token: max }), 200);
const stored = async () => (await env.DB.prepare('SELECT count(*) AS n FROM incidents').first<number>('n')) ?? 0;
const pointers = (errors: { pointer: string }[]) => errors.map(({ pointer }) => pointer);

describe('an import', () => {
  it('opens an incident for each row, whatever the order of the columns', async () => {
    const { ids, ...counts } = await imported(
      'tags,Status,title,SEVERITY,description,service,assignee\r\n' +
        '"db; Ransomware,db",mitigated,"Files, ""encrypted""",SEV1,"One\r\nTwo",payments,ANA\r\n' +
        ',,Slow,,,,\r\n',
    );
    expect(counts).toEqual({ imported: 2, rejected: [] });
    expect(await incident(ids[0])).toMatchObject({
      title: 'Files, "encrypted"',
      description: 'One\r\nTwo',
      service: 'payments',
      severity: 'sev1',
      status: 'mitigated',
      owner: 'max',
      assignee: 'ana',
      tags: ['db', 'ransomware'],
      resolved_at: null,
      version: 1,
    });
    const { created_at, mitigated_at } = await incident(ids[0]);
    expect(mitigated_at).toBe(created_at);
    expect(await incident(ids[1])).toMatchObject({
      title: 'Slow',
      description: '',
      service: '',
      severity: 'sev3',
      status: 'open',
      assignee: null,
      tags: [],
      mitigated_at: null,
    });
  });

  it('begins the timeline of each incident', async () => {
    const { ids } = await imported('title,tags\nOne,a\nTwo,b;c\nThree,\n');
    for (const [index, title] of ['One', 'Two', 'Three'].entries()) {
      const rows = await auditOf(`incident:${ids[index]}`);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ actor: 'user:max', action: 'incident.import', before: null, after: { title } });
      const path = `/api/v1/incidents/${ids[index]}/timeline`;
      const { data } = await expectStatus(await call('GET', path, { token: max }), 200);
      expect(data).toMatchObject([{ kind: 'created', actor: 'user:max' }]);
    }
  });

  it('finds what it opened by search and by tag', async () => {
    const { ids } = await imported('title,tags\nAardvark in the vault,zoo-1\n');
    for (const query of ['search=aardvark', 'tag=zoo-1']) {
      const { data } = await expectStatus(await call('GET', `/api/v1/incidents?${query}`, { token: max }), 200);
      expect(data.map(({ id }: { id: number }) => id)).toEqual(ids);
    }
  });

  it('takes a byte order mark, any line ends and empty lines', async () => {
    const marked = new TextEncoder().encode('\ufefftitle,service\r\nLöschzug,a\n\n\r\nZwei,b\rDrei,c');
    const { ids } = await imported(marked);
    const titles = await Promise.all(ids.map(async (id: number) => (await incident(id)).title));
    expect(titles).toEqual(['Löschzug', 'Zwei', 'Drei']);
  });

  it('takes an export again, formulas included', async () => {
    const texts = { title: '=1+1', description: '\'=2\r\n- "quoted", and\r\n\tmore', service: '@edge' };
    const { id } = await opened(max, { ...texts, tags: ['b', 'a'], assignee: 'ana', severity: 'sev2' });
    const exported = await call('GET', `/api/v1/incidents/export?format=csv&id=${id}`, { token: max });
    const { ids, rejected } = await imported(await exported.text());
    expect(rejected).toEqual([]);
    const fields = { ...texts, tags: ['a', 'b'], assignee: 'ana', severity: 'sev2', status: 'open', owner: 'max' };
    expect(await incident(ids[0])).toMatchObject(fields);
  });
});

describe('a broken row', () => {
  it('spoils only itself, and is told by its number', async () => {
    const before = await stored();
    const { ids, ...counts } = await imported(
      [
        'title,severity,assignee,tags',
        'Good,sev2,ana,',
        ',sev1,,',
        'Worst,urgent,,a;b c',
        'Few,sev1',
        'Many,sev1,,,',
        'Whose,sev1,nobody,',
        'Theirs,sev1,gone,',
        'Fine,,,x',
        'Open,sev1,"ana,',
        'Swallowed,sev1,,',
      ].join('\r\n'),
    );
    const unknown = [{ pointer: '#/assignee', detail: 'must be the username of an active person' }];
    const cells = [{ pointer: '#', detail: 'must have 4 cells, as many as the header' }];
    expect(counts).toMatchObject({
      imported: 2,
      rejected: [
        { row: 2, errors: [{ pointer: '#/title', detail: 'is required' }] },
        { row: 3, errors: [{ pointer: '#/severity' }, { pointer: '#/tags/1' }] },
        { row: 4, errors: cells },
        { row: 5, errors: cells },
        { row: 6, errors: unknown },
        { row: 7, errors: unknown },
        { row: 9, errors: [{ pointer: '#', detail: 'must close its quote' }] },
      ],
    });
    expect(counts.rejected).toHaveLength(7);
    expect(await stored()).toBe(before + 2);
    expect((await incident(ids[0])).title).toBe('Good');
    expect((await incident(ids[1])).title).toBe('Fine');
  });

  it('is refused with its place when no other is good, and nothing is stored', async () => {
    const before = await stored();
    const { errors } = await expectStatus(await send('title,severity\n,sev1\nBad,worst\n'), 400);
    expect(pointers(errors)).toEqual(['#/1/title', '#/2/severity']);
    expect(JSON.stringify(errors)).not.toContain('worst');
    expect(await stored()).toBe(before);
  });

  it('may be any of a thousand', async () => {
    const { errors } = await expectStatus(await send(`title\n${'""\n'.repeat(1_000)}`), 400);
    expect(errors).toHaveLength(100);
  });
});

describe('a broken file', () => {
  it.each([
    ['', ['#']],
    ['\n\n', ['#']],
    ['title\n', ['#']],
    ['service\nx\n', ['#/header/title']],
    ['title,colour,a/b\nx,y,z\n', ['#/header/colour', '#/header/a~1b']],
    ['title,service,title\nx,y,z\n', ['#/header/title']],
    ['title;service\nx;y\n', ['#/header/title;service', '#/header/title']],
    ['"title\nx\n', ['#']],
    [`title\n${'x\n'.repeat(1_001)}`, ['#/1001']],
    [new Uint8Array([0x74, 0xff, 0xfe, 0x0a]), ['#']],
  ])('is refused: %j', async (body, expected) => {
    const before = await stored();
    const { errors } = await expectStatus(await send(body), 400);
    expect(pointers(errors)).toEqual(expected);
    expect(await stored()).toBe(before);
  });

  it('is refused when it is too large, or is no CSV', async () => {
    const large = `title,description\nx,"${'y'.repeat(1_000_000)}"`;
    await expectStatus(await send(large), 413);
    await expectStatus(await send('title\nx', { 'Content-Type': 'application/json' }), 415);
  });

  it('is refused when it would be too large to store', async () => {
    const rows = Array.from({ length: 51 }, () => `x,"a${'\n'.repeat(19_580)}b"`);
    await expectStatus(await send(`title,description\n${rows.join('\n')}`), 413);
  });
});

it('is one batch and one query, however many rows there are', async () => {
  const { db, cost, reset } = countedDb(env.DB);
  const body = `title,assignee,description\n${`Many,ana,"${'x'.repeat(900)}"\n`.repeat(1_000)}`;
  const options = { token: max, body, headers: CSV, bindings: { DB: db } };
  reset();
  const { imported: count, ids } = await expectStatus(await callWith('POST', '/api/v1/incidents/import', options), 200);
  expect(count).toBe(1_000);
  expect(new Set(ids).size).toBe(1_000);
  expect(cost.calls).toBeLessThanOrEqual(3);
  const { audits } = (await env.DB.prepare(
    `SELECT count(*) AS audits FROM audit_rows JOIN json_each(?) ON target = 'incident:' || value`,
  )
    .bind(JSON.stringify(ids))
    .first<{ audits: number }>()) ?? { audits: 0 };
  expect(audits).toBe(1_000);
});
