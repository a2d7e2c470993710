import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { posted, SCAN } from '../support/events.ts';
import { signedIn } from '../support/people.ts';

let member: string;
let source = 0;
beforeAll(async () => {
  member = await signedIn('member');
});

// Each test has 25 events of a source of its own.
beforeEach(async () => {
  source += 1;
  await more(25);
});

async function more(count: number): Promise<void> {
  const body = Array.from({ length: count }, () => ({ ...SCAN, source: `sensor-${source}` }));
  await expectStatus(await call('POST', '/api/v1/events/batch', { token: member, body }), 200);
}

const get = (query: string) => call('GET', `/api/v1/events?source=sensor-${source}&${query}`, { token: member });
const list = async (query: string) => expectStatus(await get(query), 200);
const idsOf = (page: { data: { id: number }[] }) => page.data.map(({ id }) => id);

/** Follows `next_cursor` to its end; answers all ids. `between` runs after each page. */
async function walk(query: string, between = async () => {}): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor = ''; ; ) {
    const page = await list(`${query}${cursor}`);
    ids.push(...idsOf(page));
    await between();
    if (page.next_cursor === null) return ids;
    cursor = `&cursor=${page.next_cursor}`;
  }
}

describe('a walk by cursor', () => {
  it.each([1, 4, 5, 24, 25, 26])('sees each event once, both ways, %i at a time', async (limit) => {
    const all = idsOf(await list('limit=100'));
    expect(all).toHaveLength(25);
    expect(await walk(`limit=${limit}`)).toEqual(all);
    expect(await walk(`limit=${limit}&sort_order=asc`)).toEqual(all.reverse());
  });

  it('downwards sees each event that was there once, while new ones arrive', async () => {
    const all = idsOf(await list('limit=100'));
    expect(await walk('limit=10', () => more(3))).toEqual(all);
  });

  it('upwards also sees those that arrive meanwhile', async () => {
    const before = idsOf(await list('limit=100&sort_order=asc'));
    let arriving = 2;
    const seen = await walk('limit=10&sort_order=asc', async () => {
      if (arriving-- > 0) await more(3);
    });
    expect(seen).toEqual(idsOf(await list('limit=100&sort_order=asc')));
    expect(seen.length).toBe(before.length + 6);
  });

  it('goes on behind an event that was deleted', async () => {
    const admin = await signedIn('admin');
    const all = idsOf(await list('limit=100'));
    const first = await list('limit=10');
    await expectStatus(await call('DELETE', `/api/v1/events/${first.next_cursor}`, { token: admin }), 204);
    expect(idsOf(await list(`limit=10&cursor=${first.next_cursor}`))).toEqual(all.slice(10, 20));
  });
});

describe('the Link header', () => {
  it('leads to the next page with the same filters, and is absent on the last', async () => {
    const all = idsOf(await list('limit=100'));
    const seen: number[] = [];
    let response = await get('limit=10&search=scan');
    for (;;) {
      seen.push(...idsOf(await expectStatus(response.clone(), 200)));
      const next = response.headers.get('Link')?.match(/^<(\/api\/v1\/events\?[^>]+)>; rel="next"$/)?.[1];
      if (!next) break;
      expect(next).toContain('search=scan');
      response = await call('GET', next, { token: member });
    }
    expect(response.headers.get('Link')).toBeNull();
    expect(seen).toEqual(all);
  });
});

describe('pages by number', () => {
  it('hold every event once and say how many there are', async () => {
    const all = idsOf(await list('limit=100'));
    const pages = [];
    for (const page of [1, 2, 3]) pages.push(await list(`limit=10&page=${page}`));
    expect(pages.flatMap(idsOf)).toEqual(all);
    for (const [index, page] of pages.entries()) {
      expect(page).toMatchObject({ page: index + 1, limit: 10, total: 25, total_exact: true });
    }
    expect(await list('limit=10&page=4')).toMatchObject({ data: [], total: 25, next_cursor: null });
  });

  it('may be left for the cursor', async () => {
    const all = idsOf(await list('limit=100'));
    const response = await get('limit=10&page=1');
    const { next_cursor } = await expectStatus(response.clone(), 200);
    expect(idsOf(await list(`limit=10&cursor=${next_cursor}`))).toEqual(all.slice(10, 20));
    const link = response.headers.get('Link')?.match(/^<([^>]+)>/)?.[1] ?? '';
    expect(idsOf(await expectStatus(await call('GET', link, { token: member }), 200))).toEqual(all.slice(10, 20));
  });

  it('count those only that match', async () => {
    await posted(member, { source: `sensor-${source}`, severity: 'medium' });
    expect((await list('page=1&severity=medium')).total).toBe(1);
  });
});
