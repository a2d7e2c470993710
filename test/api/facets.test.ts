import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { posted, raised } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { person, signedIn } from '../support/people.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows of every kind
type Row = any;

let admin: string;
const all: Record<string, Row[]> = {};

const get = async (path: string) => expectStatus(await call('GET', `/api/v1/${path}`, { token: admin }), 200);
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);
const listed = async (path: string): Promise<Row[]> => (await get(`${path}&limit=100&sort_order=asc`)).data;

beforeAll(async () => {
  admin = await signedIn('admin');
  await person({ username: 'ana', role: 'analyst' });
  for (let n = 0; n < 12; n++) {
    const fields = { source: `s-${n % 4}`, event_type: ['scan', 'login', 'malware'][n % 3] };
    const { id } = await raised(admin, { severity: n % 2 ? 'high' : 'critical', ...fields });
    if (n < 6) await expectStatus(await call('POST', `/api/v1/alerts/${id}/resolve`, { token: admin }), 200);
    const body = { assignee: n % 2 ? 'ana' : 'admin' };
    if (n > 8) await expectStatus(await call('POST', `/api/v1/alerts/${id}/assign`, { token: admin, body }), 200);
  }
  for (const source of ['s-1', 'quiet']) await posted(admin, { severity: 'low', source });
  for (let n = 0; n < 8; n++) {
    const tags = ['even', 'third'].filter((_, index) => n % (index + 2) === 0);
    const fields = { severity: `sev${(n % 4) + 1}`, service: n % 2 ? 'Payments' : '', assignee: n < 3 ? 'ana' : null };
    const { id } = await opened(admin, { title: `Case ${n}`, tags, ...fields });
    if (n > 5) await expectStatus(await act(admin, id, 'resolve'), 200);
  }
  for (const kind of ['events', 'alerts', 'incidents']) all[kind] = await listed(`${kind}?`);
});

const isOf =
  (...sources: string[]) =>
  (row: Row) =>
    sources.includes((row.event ?? row).source);

const EXCLUSIONS: [string, string, (row: Row) => boolean][] = [
  ['events', 'not_severity=low', ({ severity }) => severity !== 'low'],
  ['events', 'not_severity=LOW,critical', ({ severity }) => severity === 'high'],
  ['events', 'not_source=s-1,s-2', (event) => !isOf('s-1', 's-2')(event)],
  ['events', 'not_event_type=scan&severity=high', (e) => e.event_type !== 'scan' && e.severity === 'high'],
  ['events', 'source=s-1&not_severity=low', (event) => isOf('s-1')(event) && event.severity !== 'low'],
  ['alerts', 'not_status=resolved', ({ status }) => status !== 'resolved'],
  ['alerts', 'not_status=resolved&not_severity=high,low,medium', (a) => a.status === 'open' && a.severity !== 'high'],
  ['alerts', 'severity=high,critical&not_severity=HIGH', ({ severity }) => severity === 'critical'],
  ['alerts', 'not_source=s-0', (alert) => !isOf('s-0')(alert)],
  ['alerts', 'not_event_type=scan,login', ({ event }) => event.event_type === 'malware'],
  ['alerts', 'not_assignee=ANA', ({ assignee }) => assignee !== 'ana'],
  ['alerts', 'search=MALWARE', ({ event }) => event.event_type === 'malware'],
  ['alerts', 'assigned=true', ({ assignee }) => assignee !== null],
  ['alerts', 'assigned=false&not_status=resolved', (a) => a.assignee === null && a.status !== 'resolved'],
  ['incidents', 'not_severity=sev1', ({ severity }) => severity !== 'sev1'],
  ['incidents', 'not_status=resolved', ({ status }) => status === 'open'],
  ['incidents', 'not_status=resolved&not_severity=sev1,sev2', (i) => i.status === 'open' && i.severity > 'sev2'],
  ['incidents', 'not_status=resolved&sort_by=title', ({ status }) => status === 'open'],
  ['incidents', 'not_tag=even,absent', ({ tags }) => !tags.includes('even')],
  ['incidents', 'not_tag=even,third', ({ tags }) => tags.length === 0],
  ['incidents', 'tag=even&not_tag=third', ({ tags }) => tags.includes('even') && !tags.includes('third')],
  ['incidents', 'not_service=PAYMENTS', ({ service }) => service === ''],
  ['incidents', 'not_assignee=ana', ({ assignee }) => assignee === null],
  ['incidents', 'assigned=true', ({ assignee }) => assignee !== null],
  ['incidents', 'search=case&not_owner=ana&not_severity=sev4', ({ severity }) => severity !== 'sev4'],
];

describe('a list without some values', () => {
  it.each(EXCLUSIONS)(
    'of %s with %s holds exactly the others, and so does its export',
    async (kind, query, matches) => {
      const expected = idsOf((all[kind] ?? []).filter(matches));
      expect(expected.length).toBeGreaterThan(0);
      expect(expected.length).toBeLessThan(all[kind]?.length ?? 0);
      expect(idsOf(await listed(`${kind}?${query}`))).toEqual(expected);
      expect((await get(`${kind}?page=1&${query}`)).total).toBe(expected.length);
      const file = await call('GET', `/api/v1/${kind}/export?sort_order=asc&${query}`, { token: admin });
      const lines = new TextDecoder()
        .decode(await file.arrayBuffer())
        .trim()
        .split('\n');
      expect(idsOf(lines.map((line) => JSON.parse(line)))).toEqual(expected);
    },
  );

  it.each([
    'alerts?status=open&not_status=open',
    'incidents?status=open&not_status=open',
    'events?severity=low&not_severity=low',
  ])('is empty when it wants what it leaves out: %s', async (path) => expect(await listed(path)).toEqual([]));

  it.each(['events?not_severity=worst', 'alerts?not_status=gone', 'incidents?not_tag=%20', 'alerts?not_source='])(
    'names what is wrong with it: %s',
    async (path) => {
      const { errors } = await expectStatus(await call('GET', `/api/v1/${path}`, { token: admin }), 400);
      expect(errors[0].pointer).toMatch(/^query\/not_\w+\/0$/);
    },
  );

  it('of alerts is what bulk triage changes', async () => {
    const filter = { not_status: 'resolved', not_source: ['s-0', 's-1'], not_event_type: 'scan', assigned: false };
    const matches = (a: Row) =>
      a.status === 'open' && !isOf('s-0', 's-1')(a) && a.event.event_type !== 'scan' && a.assignee === null;
    const expected = idsOf((all.alerts ?? []).filter(matches));
    expect(expected.length).toBeGreaterThan(0);
    const body = { action: 'promote', incident: { title: 'Not scans' }, filter };
    const { results } = await expectStatus(await call('POST', '/api/v1/alerts/bulk', { token: admin, body }), 200);
    expect(idsOf(results).sort((a, b) => a - b)).toEqual(expected);
  });
});

/** Counts by hand what the facets of these rows are. */
function counted(rows: Row[], valuesOf: (row: Row) => (string | null)[]) {
  const counts = new Map<string | null, number>();
  for (const value of rows.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const order = ([one, n]: [string | null, number], [other, m]: [string | null, number]) =>
    m - n || ((one ?? '') < (other ?? '') ? -1 : 1);
  return [...counts].sort(order).map(([value, count]) => ({ value, count }));
}

const VALUES: Record<string, Record<string, (row: Row) => (string | null)[]>> = {
  events: {
    severity: ({ severity }) => [severity],
    source: ({ source }) => [source],
    event_type: ({ event_type }) => [event_type],
  },
  alerts: {
    status: ({ status }) => [status],
    severity: ({ severity }) => [severity],
    source: ({ event }) => [event.source],
    event_type: ({ event }) => [event.event_type],
    assignee: ({ assignee }) => [assignee],
  },
  incidents: {
    status: ({ status }) => [status],
    severity: ({ severity }) => [severity],
    service: ({ service }) => [service],
    assignee: ({ assignee }) => [assignee],
    tag: ({ tags }) => tags,
  },
};

describe('facets', () => {
  it.each([
    ...['events?', 'alerts?', 'incidents?'],
    ...['events?severity=high', 'events?search=s-1', 'events?source=absent', 'events?from=2100-01-01T00:00:00Z'],
    ...[
      'alerts?not_status=resolved',
      'alerts?source=s-1',
      'alerts?assigned=true&severity=high',
      'alerts?flapping=true',
    ],
    ...[
      'incidents?tag=even',
      'incidents?search=case&not_tag=third',
      'incidents?archived=true',
      'incidents?status=resolved',
    ],
  ])('count what the list shows: %s', async (path) => {
    const [kind = '', query = ''] = path.split('?');
    const rows = await listed(path);
    const answer = await get(`${kind}/facets?${query}`);
    const expected = Object.entries(VALUES[kind] ?? {}).map(([name, valuesOf]) => [name, counted(rows, valuesOf)]);
    expect(answer).toEqual({ matching: rows.length, complete: true, facets: Object.fromEntries(expected) });
  });

  it('name the ten most frequent values', async () => {
    for (let n = 0; n < 12; n++) await posted(admin, { source: `many-${n}`, event_type: 'many' });
    for (let n = 0; n < 3; n++) await posted(admin, { source: 'most', event_type: 'many' });
    const { matching, facets } = await get('events/facets?event_type=many');
    expect(matching).toBe(15);
    expect(facets.source).toHaveLength(10);
    expect(facets.source[0]).toEqual({ value: 'most', count: 3 });
  });

  it.each(['limit=1', 'cursor=1', 'page=1', 'sort_order=asc', 'colour=red'])('take no %s', async (query) => {
    for (const kind of ['events', 'alerts', 'incidents']) {
      const { errors } = await expectStatus(
        await call('GET', `/api/v1/${kind}/facets?${query}`, { token: admin }),
        400,
      );
      expect(errors[0].pointer).toBe(`query/${query.split('=')[0]}`);
    }
  });
});
