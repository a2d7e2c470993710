import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { posted } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

type Event = {
  id: number;
  timestamp: string;
  source: string;
  event_type: string;
  severity: string;
  description: string;
};

let admin: string;
let all: Event[];

const list = async (query: string) => expectStatus(await call('GET', `/api/v1/events?${query}`, { token: admin }), 200);
const idsOf = (events: Event[]) => events.map(({ id }) => id);
const found = async (query: string) => idsOf((await list(`limit=100&sort_order=asc&${query}`)).data);
const matching = (test: (event: Event) => boolean) => idsOf(all.filter(test));

const DESCRIPTIONS = [
  'Port scan detected',
  'User \'bob\' said "50% off"',
  'under_score and per%cent',
  "'; DROP TABLE events; --",
  'Straße nach Zürich',
];

beforeAll(async () => {
  admin = await signedIn('admin');
  expect(await list('')).toEqual({
    data: [],
    next_cursor: null,
    page: null,
    limit: 20,
    total: null,
    total_exact: null,
  });
  expect(await list('page=1')).toMatchObject({ data: [], page: 1, total: 0, total_exact: true });
  for (let index = 0; index < 30; index++) {
    await posted(admin, {
      source: `sensor-${index % 3}`,
      event_type: ['scan', 'login', 'malware', 'policy'][index % 4],
      severity: ['low', 'medium', 'high', 'critical'][(index >> 1) % 4],
      description: DESCRIPTIONS[index % 5],
    });
  }
  all = (await list('limit=100&sort_order=asc')).data;
});

describe('the list of events', () => {
  it('is newest first, twenty at a time, unless asked otherwise', async () => {
    const { data, limit, next_cursor } = await list('');
    expect(idsOf(data)).toEqual(idsOf(all).reverse().slice(0, 20));
    expect({ limit, next_cursor }).toEqual({ limit: 20, next_cursor: String(data.at(-1).id) });
    expect(idsOf((await list('sort_by=timestamp&sort_order=ASC&limit=5')).data)).toEqual(idsOf(all).slice(0, 5));
  });

  it.each<[string, (event: Event) => boolean]>([
    ['source=sensor-1', (e) => e.source === 'sensor-1'],
    ['source_name=sensor-1', (e) => e.source === 'sensor-1'],
    ['event_type=scan', (e) => e.event_type === 'scan'],
    ['event_type=scan,%20login', (e) => ['scan', 'login'].includes(e.event_type)],
    ['severity=CRITICAL', (e) => e.severity === 'critical'],
    ['severity=High,critical', (e) => ['high', 'critical'].includes(e.severity)],
    ['source=sensor-1&severity=low', (e) => e.source === 'sensor-1' && e.severity === 'low'],
    [
      'source=sensor-2&event_type=login&search=port',
      (e) => e.source === 'sensor-2' && e.event_type === 'login' && e.description.startsWith('Port'),
    ],
  ])('holds with %s exactly the events that match', async (query, matches) => {
    expect(matching(matches).length).toBeGreaterThan(0);
    expect(await found(query)).toEqual(matching(matches));
    expect((await list(`page=1&limit=1&${query}`)).total).toBe(matching(matches).length);
  });

  it('holds only the ids that are asked for', async () => {
    const [first, second] = idsOf(all);
    expect(await found(`id=${second},${first},999999,${first}`)).toEqual([first, second]);
  });

  it('is empty with a filter that nothing matches', async () => {
    expect(await list('source=nobody')).toMatchObject({ data: [], next_cursor: null });
    expect(await list('source=SENSOR-1')).toMatchObject({ data: [] });
  });
});

describe('a search', () => {
  it.each([
    ['PORT SCAN', 'Port scan detected'],
    ["'bob'", DESCRIPTIONS[1]],
    ['"50% off"', DESCRIPTIONS[1]],
    ['r_s', DESCRIPTIONS[2]],
    ['%cent', DESCRIPTIONS[2]],
    ["'; DROP TABLE events", DESCRIPTIONS[3]],
    ['Straße', DESCRIPTIONS[4]],
  ])('finds text as it stands, in any case: %s', async (search, description) => {
    expect(await found(`search=${encodeURIComponent(search)}`)).toEqual(matching((e) => e.description === description));
    expect(await found('')).toEqual(idsOf(all));
  });

  it('looks into source and type, too, and not across them', async () => {
    expect(await found('search=SENSOR-2')).toEqual(matching((e) => e.source === 'sensor-2'));
    expect(await found('search=malw')).toEqual(matching((e) => e.event_type === 'malware'));
    expect(await found('search=sensor-0scan')).toEqual([]);
    expect(await found('search=%25')).toEqual(matching((e) => e.description.includes('%')));
    expect(await found('search=_')).toEqual(matching((e) => e.description.includes('_')));
  });
});

describe('from and to', () => {
  it('include their own millisecond and nothing beyond it', async () => {
    const at = all[12]?.timestamp ?? '';
    const shifted = (by: number) => new Date(Date.parse(at) + by).toISOString();
    expect(await found(`from=${at}`)).toEqual(matching((e) => e.timestamp >= at));
    expect(await found(`to=${at}`)).toEqual(matching((e) => e.timestamp <= at));
    expect(await found(`from=${at}&to=${at}`)).toEqual(matching((e) => e.timestamp === at));
    expect(await found(`from=${shifted(1)}`)).toEqual(matching((e) => e.timestamp > at));
    expect(await found(`to=${shifted(-1)}`)).toEqual(matching((e) => e.timestamp < at));
  });

  it('take any offset', async () => {
    const at = all[7]?.timestamp ?? '';
    const local = new Date(Date.parse(at) + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
    expect(await found(`from=${encodeURIComponent(local)}`)).toEqual(matching((e) => e.timestamp >= at));
  });

  it('may lie before or after everything', async () => {
    expect(await found('from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z')).toEqual(idsOf(all));
    expect(await found('from=2100-01-01T00:00:00Z')).toEqual([]);
    expect(await found('to=2000-01-01T00:00:00Z')).toEqual([]);
  });
});
