import { readConfiguration } from '../../scripts/local/configuration.ts';
import { type Asked, OPERATIONS } from './operations.ts';
import { OPERATIONS_PER_MESSAGE, PRICES } from './prices.ts';
import type { Side } from './side.ts';

/** What one request used, with the alerts that it led to. */
export type Counts = {
  calls: number;
  rowsRead: number;
  rowsWritten: number;
  kvWrites: number;
  kvLists: number;
  messages: number;
};

/** Dollars for a million events that arrive in one way, line by line. */
export type Bill = { name: string; lines: Record<string, number>; total: number };

/** The share of High and Critical among the events that are billed. */
const HIGH_SHARE = 0.2;

/** The queue delivers after a second; the consumer has ended soon after. */
const DELIVERED_MS = 2_500;

/** Counts what each operation uses, in a Worker whose bindings count. High events come alone and a hundred at once. */
export async function countOperations(side: Side, rows: number): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  for (const { name, alerting, asking } of OPERATIONS) {
    const next = asking('edgewatch', rows);
    if (!next) continue;
    const count = (times: number) => countOne(side, { next, times, waitMs: alerting ? DELIVERED_MS : 100 });
    counts.set(name, await count(1));
    if (name === 'post-high') counts.set('post-high of 100 at once', await count(100));
  }
  return counts;
}

type Counted = { next: () => Asked; times: number; waitMs: number };

async function countOne({ client }: Side, { next, times, waitMs }: Counted): Promise<Counts> {
  const take = async () => JSON.parse((await client.get({ method: 'GET', path: '/counts' })).text) as Counts;
  // Who the caller is gets read once in ten seconds, which is no part of a request's cost.
  await client.get({ method: 'GET', path: '/api/v1/auth/me' });
  await take();
  await Promise.all(Array.from({ length: times }, () => client.get(next())));
  await new Promise((wake) => setTimeout(wake, waitMs));
  const { calls, rowsRead, rowsWritten, kvWrites, kvLists, messages } = await take();
  const each = (n: number) => n / times;
  return {
    calls: each(calls),
    rowsRead: each(rowsRead),
    rowsWritten: each(rowsWritten),
    kvWrites: each(kvWrites),
    kvLists: each(kvLists),
    messages: each(messages),
  };
}

/** The bills for single events and for batches. `cpuMs` is what an operation's request took here, if it was measured. */
export function billsOf(counts: Map<string, Counts>, cpuMs: Map<string, number>): Bill[] {
  const of = (name: string) => ({ ...(counts.get(name) ?? NOTHING), cpuMs: cpuMs.get(name) ?? 0 });
  const [low, high] = [of('post-low'), { ...of('post-high of 100 at once'), cpuMs: of('post-high').cpuMs }];
  const mixed = (key: keyof typeof low) => low[key] * (1 - HIGH_SHARE) + high[key] * HIGH_SHARE;
  const single = {
    cpuMs: mixed('cpuMs'),
    rowsRead: mixed('rowsRead'),
    rowsWritten: mixed('rowsWritten'),
    messages: mixed('messages'),
  };
  const batches = [100, 500, 1000].map((size) => bill(`batches of ${size}`, { ...of(`batch-${size}`), events: size }));
  return [bill('single events', { ...single, events: 1 }), ...batches];
}

const NOTHING: Counts = { calls: 0, rowsRead: 0, rowsWritten: 0, kvWrites: 0, kvLists: 0, messages: 0 };

type Request = Pick<Counts, 'rowsRead' | 'rowsWritten' | 'messages'> & { cpuMs: number; events: number };

function bill(name: string, { events, cpuMs, rowsRead, rowsWritten, messages }: Request): Bill {
  const requests = 1e6 / events;
  const publications = requests / tenthOf('LIMIT_SENSOR_REQUESTS') + 1e6 / tenthOf('LIMIT_SENSOR_EVENTS');
  const lines = {
    requests: requests * PRICES.request,
    'CPU, as measured here': requests * cpuMs * PRICES.cpuMs,
    'D1 rows read': requests * rowsRead * PRICES.rowRead,
    'D1 rows written': requests * rowsWritten * PRICES.rowWritten,
    'queue operations': requests * messages * OPERATIONS_PER_MESSAGE * PRICES.queueOperation,
    'KV writes and lists, at most': publications * (PRICES.kvWrite + PRICES.kvList),
  };
  return { name, lines, total: Object.values(lines).reduce((sum, line) => sum + line, 0) };
}

/** Limits are told in KV at every tenth of a quota: a write and a list. Slower sensors than the quota need fewer. */
function tenthOf(limit: 'LIMIT_SENSOR_REQUESTS' | 'LIMIT_SENSOR_EVENTS'): number {
  return Number(readConfiguration().vars[limit]) / 10;
}
