import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { raised, storedAlerts } from '../support/events.ts';
import { person, signedIn } from '../support/people.ts';

type Alert = {
  id: number;
  created_at: string;
  severity: string;
  status: string;
  event: { source: string; event_type: string };
};

let admin: string;
let all: Alert[];

const list = async (query: string) => expectStatus(await call('GET', `/api/v1/alerts?${query}`, { token: admin }), 200);
const idsOf = (alerts: Alert[]) => alerts.map(({ id }) => id);
const found = async (query: string) => idsOf((await list(`limit=100&sort_order=asc&${query}`)).data);
const act = async (id: number, action: string, body?: unknown) =>
  expectStatus(await call('POST', `/api/v1/alerts/${id}/${action}`, { token: admin, body }), 200);

// Twelve alerts, ids in the order they were raised: severities alternate, the first eight are worked on.
beforeAll(async () => {
  admin = await signedIn('admin');
  await person({ username: 'ana', role: 'analyst' });
  for (let index = 0; index < 12; index++) {
    const event_type = ['scan', 'login', 'malware'][index % 3];
    await raised(admin, { severity: index % 2 ? 'high' : 'critical', source: `s-${index % 4}`, event_type });
  }
  all = (await list('limit=100&sort_order=asc')).data;
  const ids = idsOf(all);
  for (const id of ids.slice(0, 4)) await act(id, 'acknowledge');
  for (const id of ids.slice(2, 8)) await act(id, 'resolve');
  for (const id of ids.slice(8, 10)) await act(id, 'assign', { assignee: 'ana' });
  all = (await list('limit=100&sort_order=asc')).data;
});

describe('the list of alerts', () => {
  it('has every alert once, newest first unless asked otherwise', async () => {
    expect(all).toHaveLength(await storedAlerts());
    expect(idsOf((await list('')).data)).toEqual(idsOf(all).reverse());
  });

  it.each([
    ['status=open', (a: Alert) => a.status === 'open'],
    ['status=ACK', (a: Alert) => a.status === 'acknowledged'],
    ['status=OPEN,resolved', (a: Alert) => a.status !== 'acknowledged'],
    ['severity=High', (a: Alert) => a.severity === 'high'],
    ['event__severity=CRITICAL', (a: Alert) => a.severity === 'critical'],
    ['severity=low,medium,high,critical&status=open,acknowledged', (a: Alert) => a.status !== 'resolved'],
    ['status=OPEN&event__severity=CRITICAL', (a: Alert) => a.status === 'open' && a.severity === 'critical'],
    ['severity=High&status=Open', (a: Alert) => a.status === 'open' && a.severity === 'high'],
    ['severity=high,high&status=open,open', (a: Alert) => a.status === 'open' && a.severity === 'high'],
    ['source=s-1', (a: Alert) => a.event.source === 's-1'],
    ['search=S-1', (a: Alert) => a.event.source === 's-1'],
    ['search=malw&status=open', (a: Alert) => a.event.event_type === 'malware' && a.status === 'open'],
    ['source=s-1&status=resolved', (a: Alert) => a.event.source === 's-1' && a.status === 'resolved'],
  ])('holds with %s exactly the alerts that match', async (query, matches) => {
    const expected = idsOf(all.filter(matches));
    expect(expected.length).toBeGreaterThan(0);
    expect(await found(query)).toEqual(expected);
    expect((await list(`page=1&${query}`)).total).toBe(expected.length);
  });

  it('filters by type of event, assignee and id', async () => {
    const ids = idsOf(all);
    expect(await found('event_type=login')).toEqual(ids.filter((_, index) => index % 3 === 1));
    expect(await found('event_type=login,malware')).toEqual(ids.filter((_, index) => index % 3 !== 0));
    expect(await found('assignee=ANA')).toEqual(ids.slice(8, 10));
    expect(await found('assignee=nobody')).toEqual([]);
    expect(await found(`id=${ids[3]},${ids[5]},999999`)).toEqual([ids[3], ids[5]]);
    expect(await found(`id=${ids[3]},${ids[9]}&status=open`)).toEqual([ids[9]]);
  });

  it('holds what was raised from one time to another, both included', async () => {
    const [from, to] = [all[4]?.created_at ?? '', all[7]?.created_at ?? ''];
    const inside = idsOf(all.filter(({ created_at }) => created_at >= from && created_at <= to));
    expect(await found(`from=${from}&to=${to}`)).toEqual(inside);
    const open = all.filter(({ created_at, status }) => created_at >= from && status === 'open');
    expect(await found(`from=${from}&status=open`)).toEqual(idsOf(open));
    expect(await found('from=2100-01-01T00:00:00Z')).toEqual([]);
    expect(await found('to=2000-01-01T00:00:00Z')).toEqual([]);
  });

  it.each(['', 'status=open', 'severity=high,critical', 'source=s-1', 'severity=critical,high&status=open,resolved'])(
    'is walked whole by cursor in both directions with the filter "%s"',
    async (filter) => {
      for (const order of ['asc', 'desc']) {
        const walked: number[] = [];
        let next: string | null = '';
        while (next !== null) {
          const page = await list(`limit=2&sort_order=${order}&${filter}${next && `&cursor=${next}`}`);
          walked.push(...idsOf(page.data));
          next = page.next_cursor;
        }
        const expected = await found(filter);
        expect(walked).toEqual(order === 'asc' ? expected : expected.reverse());
      }
    },
  );
});
