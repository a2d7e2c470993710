import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { act, opened } from '../support/incidents.ts';
import { person, signedIn } from '../support/people.ts';

type Incident = {
  id: number;
  title: string;
  description: string;
  service: string;
  severity: string;
  status: string;
  owner: string;
  assignee: string | null;
  tags: string[];
  created_at: string;
  updated_at: string;
};

let admin: string;
let reader: string;
/** What is at work, oldest first. */
let all: Incident[];

const get = (query: string) => call('GET', `/api/v1/incidents?${query}`, { token: reader });
const list = async (query: string) => expectStatus(await get(query), 200);
const idsOf = (incidents: Incident[]) => incidents.map(({ id }) => id);
const found = async (query: string) => idsOf((await list(`limit=100&sort_order=asc&${query}`)).data);
const search = (text: string) => `search=${encodeURIComponent(text)}`;
const words = ['Checkout down', 'payments slow', 'Über-Störung', 'Ransomware "LockBit" at 100%'];

/** Follows `next_cursor` to its end; answers all ids. */
async function walk(query: string): Promise<number[]> {
  const ids: number[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page = await list(`${query}${next && `&cursor=${next}`}`);
    ids.push(...idsOf(page.data));
    next = page.next_cursor;
  }
  return ids;
}

// Somebody new for each test: nobody may ask more than 600 times a minute.
beforeEach(async () => {
  reader = await signedIn('member', crypto.randomUUID());
});

// Thirty at work, whose fields repeat with different periods, three in the archive and two deleted.
beforeAll(async () => {
  admin = await signedIn('admin');
  const max = await signedIn('member', 'max');
  await person({ username: 'ana', role: 'analyst' });
  const rest: number[] = [];
  for (let index = 0; index < 35; index++) {
    const { id } = await opened(index % 3 ? admin : max, {
      title: `${words[index % 4]} ${index % 7}`,
      description: index % 5 ? '' : 'The *Kraken* of host-17\nwas seen',
      service: ['payments', 'Checkout', ''][index % 3],
      severity: `sev${1 + (index % 4)}`,
      status: ['open', 'resolved', 'mitigated', 'open', 'open'][index % 5],
      assignee: index % 4 ? null : 'ana',
      tags: ['db', 'net', 'ransomware'].filter((_, tag) => index % (tag + 2) === 0),
    });
    if (index >= 30) rest.push(id);
  }
  for (const id of rest.slice(0, 3)) {
    await act(admin, id, 'resolve');
    await expectStatus(await act(admin, id, 'archive'), 200);
  }
  for (const id of rest.slice(2)) {
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: admin }), 204);
  }
  const page = await call('GET', '/api/v1/incidents?limit=100&sort_order=asc', { token: admin });
  all = (await expectStatus(page, 200)).data;
});

const lower = (incident: Incident) => `${incident.title}\n${incident.service}\n${incident.description}`.toLowerCase();

type Case = [string, (incident: Incident) => boolean];

const FILTERS: Case[] = [
  ['severity=SEV1', ({ severity }) => severity === 'sev1'],
  ['severity=sev1,SEV3', ({ severity }) => severity === 'sev1' || severity === 'sev3'],
  ['status=OPEN', ({ status }) => status === 'open'],
  ['status=open,mitigated', ({ status }) => status !== 'resolved'],
  ['status=resolved&severity=sev2', ({ status, severity }) => status === 'resolved' && severity === 'sev2'],
  ['status=open&severity=sev1,sev2,sev3,sev4', ({ status }) => status === 'open'],
  ['service=CHECKOUT', ({ service }) => service === 'Checkout'],
  ['service=checkout&status=open', ({ service, status }) => service === 'Checkout' && status === 'open'],
  ['owner=MAX', ({ owner }) => owner === 'max'],
  ['owner=max&severity=sev1', ({ owner, severity }) => owner === 'max' && severity === 'sev1'],
  ['assignee=ana', ({ assignee }) => assignee === 'ana'],
  ['assignee=ana&owner=max&service=payments', ({ assignee, owner }) => assignee === 'ana' && owner === 'max'],
  ['tag=db', ({ tags }) => tags.includes('db')],
  ['tag=DB,net', ({ tags }) => tags.includes('db') && tags.includes('net')],
  ['tag=ransomware&status=open', ({ tags, status }) => tags.includes('ransomware') && status === 'open'],
  [search('PAY'), (incident) => lower(incident).includes('pay')],
  [search('pay'), (incident) => lower(incident).includes('pay')],
  [search('aymen low'), (incident) => lower(incident).includes('aymen') && lower(incident).includes('low')],
  [search('kraken checkout'), (incident) => lower(incident).includes('kraken') && lower(incident).includes('checkout')],
  [search('ST-17\u00a0was'), (incident) => lower(incident).includes('host-17')],
  [search('störung'), (incident) => lower(incident).includes('störung')],
  [search('ÜBER'), (incident) => lower(incident).includes('über')],
  [search('ow'), (incident) => lower(incident).includes('ow')],
  [search('3 w'), (incident) => lower(incident).includes('3') && lower(incident).includes('w')],
  [search('"lockbit"'), (incident) => lower(incident).includes('"lockbit"')],
  [search('100%'), (incident) => lower(incident).includes('100%')],
  [
    `${search('checkout')}&tag=db&status=open`,
    (i) => lower(i).includes('checkout') && i.tags.includes('db') && i.status === 'open',
  ],
  [
    `${search('kraken')}&service=payments&severity=sev1,sev2`,
    (i) => lower(i).includes('kraken') && i.service === 'payments' && ['sev1', 'sev2'].includes(i.severity),
  ],
];

describe('the list of incidents', () => {
  it('shows what is at work, newest first unless asked otherwise', async () => {
    expect(all).toHaveLength(30);
    expect(idsOf((await list('limit=30')).data)).toEqual(idsOf(all).reverse());
  });

  it('shows the archive and the trash on their own', async () => {
    const archived = await list('archived=true');
    expect(archived.data).toHaveLength(2);
    for (const incident of archived.data)
      expect(incident).toMatchObject({ archived_at: expect.any(String), deleted_at: null });
    const deleted = await list('deleted=TRUE');
    expect(deleted.data).toHaveLength(3);
    for (const incident of deleted.data) expect(incident.deleted_at).not.toBeNull();
    expect(await found('archived=false&deleted=false')).toEqual(idsOf(all));
    for (const shelf of ['archived', 'deleted']) {
      for (const filter of [
        'search=o',
        search('checkout'),
        'tag=db',
        'owner=admin',
        'sort_by=title',
        'status=resolved,open',
      ]) {
        for (const id of await found(`${shelf}=true&${filter}`)) expect(idsOf(all)).not.toContain(id);
      }
    }
  });

  it('understands the URL of the tracker that it replaces', async () => {
    const path =
      '/api/incidents/?page=2&limit=1&search=pay&severity=SEV1&status=OPEN&sort_by=created_at&sort_order=desc';
    const page = await expectStatus(await call('GET', path, { token: admin }), 200);
    const expected = all.filter(
      (incident) => lower(incident).includes('pay') && incident.severity === 'sev1' && incident.status === 'open',
    );
    expect(page).toMatchObject({ page: 2, limit: 1, total: expected.length, total_exact: true });
    expect(idsOf(page.data)).toEqual([idsOf(expected).at(-2)]);
  });

  it.each(FILTERS)('holds with %s exactly the incidents that match, along every index', async (query, matches) => {
    const expected = idsOf(all.filter(matches));
    expect(expected.length).toBeGreaterThan(0);
    expect(await found(query)).toEqual(expected);
    expect(await walk(`limit=4&${query}`)).toEqual([...expected].reverse());
    expect((await list(`page=1&${query}`)).total).toBe(expected.length);
    const sorted = await walk(`limit=8&sort_by=title&${query}`);
    expect(sorted.sort((one, other) => one - other)).toEqual(expected);
    const some = idsOf(all).slice(3, 20);
    expect(await found(`id=${some},999999&${query}`)).toEqual(expected.filter((id) => some.includes(id)));
  });

  it('holds what was opened from one time to another, both included', async () => {
    const [from = '', to = ''] = [all[4]?.created_at, all[17]?.created_at];
    const inside = idsOf(all.filter(({ created_at }) => created_at >= from && created_at <= to));
    const times = `from=${from}&to=${to}`;
    expect(await found(times)).toEqual(inside);
    for (const filter of ['status=open,resolved,mitigated', 'search=o', search('o do'), 'tag=db', 'sort_by=severity']) {
      const without = await found(filter);
      expect((await found(`${filter}&${times}`)).sort()).toEqual(without.filter((id) => inside.includes(id)).sort());
    }
    expect(await found('from=2100-01-01T00:00:00Z')).toEqual([]);
  });

  it('finds an incident by what it says now, and no more by what it said', async () => {
    const { id } = await opened(admin, { title: 'Phishing', service: 'mail' });
    expect(await found(search('phishing mail'))).toEqual([id]);
    const body = { title: 'Spear attack', description: 'A zebrafish' };
    await expectStatus(await call('PATCH', `/api/v1/incidents/${id}`, { token: admin, body }), 200);
    expect(await found(search('phishing'))).toEqual([]);
    expect(await found(search('SPEAR zebrafish mail'))).toEqual([id]);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: admin }), 204);
    expect(await found(search('zebrafish'))).toEqual([]);
    expect(await found(`deleted=true&${search('zebrafish')}`)).toEqual([id]);
  });
});

const COLUMNS = ['created_at', 'updated_at', 'title', 'service', 'owner', 'severity', 'status'] as const;

describe('sorted by a column', () => {
  it.each(COLUMNS)('%s, the list is in order both ways, and walked whole with each incident once', async (column) => {
    const key = (incident: Incident) => incident[column].toLowerCase();
    const sorted = [...all].sort((one, other) =>
      key(one) === key(other) ? one.id - other.id : key(one) < key(other) ? -1 : 1,
    );
    // SQLite compares bytes and JavaScript UTF-16; the texts here differ in neither order.
    expect(await walk(`limit=3&sort_by=${column}&sort_order=asc`)).toEqual(idsOf(sorted));
    expect(await walk(`limit=7&sort_by=${column}&sort_order=desc`)).toEqual(idsOf(sorted).reverse());
    const ids = idsOf(all).slice(5, 12);
    const among = idsOf(sorted).filter((id) => ids.includes(id));
    expect(await walk(`limit=2&sort_by=${column}&sort_order=asc&id=${ids}`)).toEqual(among);
    const pages = [];
    for (const page of [1, 2, 3])
      pages.push(...idsOf((await list(`limit=10&sort_by=${column}&page=${page}&sort_order=asc`)).data));
    expect(pages).toEqual(idsOf(sorted));
  });

  it('goes on where it was when the last incident of a page has moved meanwhile', async () => {
    const first = await list('limit=10&sort_by=updated_at');
    const last = first.data.at(-1);
    await expectStatus(
      await call('PATCH', `/api/v1/incidents/${last.id}`, { token: admin, body: { assignee: null } }),
      200,
    );
    const second = await list(`limit=100&sort_by=updated_at&cursor=${first.next_cursor}`);
    expect([...idsOf(first.data), ...idsOf(second.data)].sort((a, b) => a - b)).toEqual(idsOf(all));
  });

  it('leads on by Link, from a numbered page, too', async () => {
    const response = await get('limit=10&page=1&sort_by=title&status=open,resolved,mitigated');
    const first = await expectStatus(response.clone(), 200);
    const next = response.headers.get('Link')?.match(/^<([^>]+)>; rel="next"$/)?.[1] ?? '';
    const second = await expectStatus(await call('GET', next, { token: admin }), 200);
    const whole = await list('limit=20&sort_by=title');
    expect([...first.data, ...second.data]).toEqual(whole.data);
  });
});

describe('no search breaks the query:', () => {
  const nasty = [
    'a"b',
    '"',
    '""',
    '"payments',
    'pay*',
    '*pay',
    'AND',
    'AND OR NOT',
    'payments AND',
    'NOT payments',
    'NEAR(pay slow)',
    'NEAR(',
    'title:payments',
    '{title}:x',
    '-pay',
    '+pay',
    '^payments',
    "x' OR 1=1 --",
    "'; DROP TABLE incidents; --",
    '100%',
    '_ay',
    '\\x',
    '🔥🔥🔥 payments',
    'é🔥b',
    '日本語',
    '支付',
    'a',
    'a b c d e f g h i j',
    '\u202epay',
    'pay\u200bments',
    '(((pay',
    'pay)',
    '#1',
    'ﬀ',
    'İstanbul',
    'ß',
    'incidents_search',
    'rowid',
    '?',
    '?1',
    ':a',
    '$x',
    'x'.repeat(100),
    'NULL',
    '\u00a0pay\u3000slow\u2003',
  ];
  it.each(nasty)('%j', async (text) => {
    const hasWord = /[\p{L}\p{N}]/u.test(text);
    for (const rest of ['', '&sort_by=title', '&page=1&tag=db']) {
      const response = await get(`${search(text)}${rest}`);
      const body = await expectStatus(response, hasWord ? 200 : 400);
      if (hasWord) {
        const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
        for (const incident of body.data) for (const part of parts) expect(lower(incident)).toContain(part);
      } else expect(body.errors).toEqual([{ pointer: 'query/search', detail: 'must have a letter or a digit' }]);
    }
  });
});

describe('GET /incidents answers 400 to', () => {
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const tags = Array.from({ length: 21 }, (_, index) => `t${index}`);
  it.each([
    ['sort_by=description', 'query/sort_by'],
    ['sort_by=shelf', 'query/sort_by'],
    ['cursor=zebra', 'query/cursor'],
    ['cursor=0', 'query/cursor'],
    ['sort_by=title&cursor=5', 'query/cursor'],
    [`cursor=${cursor(['title', 'a', 5])}`, 'query/cursor'],
    [`sort_by=owner&cursor=${cursor(['title', 'a', 5])}`, 'query/cursor'],
    [`sort_by=title&cursor=${cursor(['title', 'a'])}`, 'query/cursor'],
    [`sort_by=title&cursor=${cursor(['title', null, 5])}`, 'query/cursor'],
    [`sort_by=title&cursor=${cursor(['title', { a: 1 }, 5])}`, 'query/cursor'],
    [`sort_by=title&cursor=${cursor(['title', 'a', 1.5])}`, 'query/cursor'],
    [`sort_by=title&cursor=${cursor(['title', '\ud800', 5])}`, 'query/cursor'],
    [`sort_by=title&cursor=${cursor(['title', 'x'.repeat(201), 5])}`, 'query/cursor'],
    [`sort_by=title&cursor=${'A'.repeat(3_000)}`, 'query/cursor'],
    [`sort_by=title&page=1&cursor=${cursor(['title', 'a', 5])}`, 'query/page'],
    ['archived=yes', 'query/archived'],
    ['archived=true&deleted=true', 'query/archived'],
    ['severity=high', 'query/severity/0'],
    ['status=closed', 'query/status/0'],
    ['tag=a b', 'query/tag/0'],
    [`tag=${tags}`, 'query/tag'],
    ['service=', 'query/service'],
    ['search=', 'query/search'],
    ['search=%00', 'query/search'],
    ['search=a%00b', 'query/search'],
    ['search=a%0Ab', 'query/search'],
    [`search=${'x'.repeat(101)}`, 'query/search'],
    ['search=a b c d e f g h i j k', 'query/search'],
    ['search=%22*(', 'query/search'],
    ['owner=a b', 'query/owner'],
    ['shelf=active', 'query/shelf'],
    ['from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z', 'query/from'],
  ])('%s', async (query, pointer) => {
    const problem = await expectStatus(await get(query), 400);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    for (const { detail } of problem.errors) expect(detail).not.toMatch(/Invalid input|zebra/);
  });

  it('nobody: a forged cursor of the right form is a place like any other', async () => {
    for (const [by, value] of [
      ['title', 5],
      ['updated_at', 'now'],
      ['severity', ''],
      ['updated_at', -1e300],
    ]) {
      await expectStatus(await get(`sort_by=${by}&cursor=${cursor([by, value, 3])}`), 200);
    }
  });
});

describe('all filters at once', () => {
  it('find a place in the statement', async () => {
    const full = `id=${Array.from({ length: 100 }, (_, index) => index + 1)}&severity=sev1,sev2,sev3,sev4&status=open,mitigated,resolved&limit=100&from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&service=x&owner=max&assignee=ana`;
    const tags = `tag=${Array.from({ length: 20 }, (_, index) => `t${index}`)}`;
    for (const text of ['Éa Éb Éc Éd Ée Éf Ég Éh Éi Éj', 'éaa ébb écc édd éee éff égg éhh éii éjj']) {
      for (const sort of [
        'sort_by=created_at',
        'sort_by=title',
        `sort_by=title&cursor=${Buffer.from('["title","x",3]').toString('base64url')}`,
        'page=1',
        'cursor=5',
      ]) {
        await expectStatus(await get(`${full}&${tags}&${search(text)}&${sort}`), 200);
        await expectStatus(await get(`${full.replace(/^id=[^&]*&/, '')}&${search(text)}&${sort}`), 200);
        await expectStatus(await get(`severity=sev1,sev2,sev3,sev4&${tags}&${search(text)}&${sort}`), 200);
      }
    }
    expect(await env.DB.prepare('SELECT count(*) AS n FROM incidents').first('n')).toBe(36);
  });
});
