import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { raised } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let admin: string;
let alert: { id: number; event: { id: number; event_type: string } };
beforeAll(async () => {
  admin = await signedIn('admin');
  alert = await raised(admin, { severity: 'high' });
});

const list = async (path: string) => expectStatus(await call('GET', `/api/v1/${path}`, { token: admin }), 200);
const idsOf = (page: { data: { id: number }[] }) => page.data.map(({ id }) => id);

/** A hundred items, the most that a filter takes, of which one is meant. */
const hundred = (meant: string | number, item: (index: number) => string | number) =>
  [meant, ...Array.from({ length: 99 }, (_, index) => item(index))].join(',');

// What else may be asked beside a list, each of which needs a place in the statement.
const BESIDE = ['', '&page=1', '&severity=high,critical', '&from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z'];

describe('a filter of a hundred values is answered, whatever stands beside it', () => {
  it.each(BESIDE)('ids%s', async (beside) => {
    const ids = (meant: number) => hundred(meant, (index) => 1_000 + index);
    expect(idsOf(await list(`events?id=${ids(alert.event.id)}${beside}`))).toEqual([alert.event.id]);
    expect(idsOf(await list(`alerts?id=${ids(alert.id)}${beside}`))).toEqual([alert.id]);
    expect(idsOf(await list(`alerts?id=${ids(alert.id)}&status=open,resolved${beside}`))).toEqual([alert.id]);
  });

  it.each(BESIDE)('types of event%s', async (beside) => {
    const types = hundred(alert.event.event_type, (index) => `type-${index}`);
    expect(idsOf(await list(`events?event_type=${types}${beside}`))).toEqual([alert.event.id]);
    expect(idsOf(await list(`alerts?event_type=${types}${beside}`))).toEqual([alert.id]);
  });

  it('one severity, a hundred times', async () => {
    const severities = hundred('high', () => 'HIGH');
    expect(idsOf(await list(`events?severity=${severities}`))).toEqual([alert.event.id]);
    expect(idsOf(await list(`alerts?severity=${severities}&status=${hundred('open', () => 'OPEN')}`))).toEqual([
      alert.id,
    ]);
  });

  it('all filters at once', async () => {
    const types = hundred(alert.event.event_type, (index) => `type-${index}`);
    const shared = `event_type=${types}&source=sensor-1&limit=100&severity=high&from=2000-01-01T00:00:00Z`;
    const ids = hundred(alert.event.id, (index) => 1_000 + index);
    expect(idsOf(await list(`events?${shared}&id=${ids}&search=scan`))).toEqual([alert.event.id]);
    expect(idsOf(await list(`alerts?${shared}&status=open,resolved`))).toEqual([alert.id]);
  });
});
