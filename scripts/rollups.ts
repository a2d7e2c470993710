import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { type Api, adminAccount, signIn } from './local/api.ts';

const HELP = `npm run rollups -- check|rebuild [--from DAY] [--to DAY] [--url URL] [--state DIR]

Compares the counts that reports are served from with a recount of the rows, day by day; rebuild replaces them by it.

  --from DAY   first day, as 2026-11-21 (29 days before the last)
  --to DAY     last day (today, UTC)
  --url URL    the instance (http://localhost:8787)
  --state DIR  the local instance's state, for its sign-in (.wrangler/state)

ADMIN_USERNAME and ADMIN_PASSWORD sign in elsewhere. Check ends with 1 when it finds a difference.`;

const DAY_MS = 24 * 60 * 60 * 1000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    url: { type: 'string', default: 'http://localhost:8787' },
    state: { type: 'string', default: '.wrangler/state' },
    help: { type: 'boolean' },
  },
});

type Difference = { counted: string; period: string; start: string; dimension: string; value: string; surplus: object };
type Check = { ok: boolean; differences: Difference[] };

async function main(does: 'check' | 'rebuild'): Promise<void> {
  const days = daysOf(values);
  const api = await signIn(values.url, await adminAccount(values.state));
  const bar = new SingleBar({ format: '{bar} {percentage}% | {value}/{total} days | {eta} s left', noTTYOutput: true });
  bar.start(days.length, 0);
  const found: Difference[] = [];
  const moved: string[] = [];
  for (const day of days) {
    const check = await look(api, { day, does }).catch(unlessMoved);
    if (check) found.push(...check.differences);
    else moved.push(day);
    bar.increment();
  }
  bar.stop();
  if (moved.length > 0) console.log(`${moved.length} days are passed over: their events are in the cold store`);
  for (const difference of found) console.log(describe(difference));
  const verb = does === 'check' ? 'found' : 'mended';
  console.log(`${found.length} differences ${verb} in ${days.length} days, ${days[0]} to ${days.at(-1)}`);
  if (does === 'check' && found.length > 0) process.exitCode = 1;
}

function look(api: Api, { day, does }: { day: string; does: 'check' | 'rebuild' }): Promise<Check> {
  const path = `/reports/rollups/${day}`;
  return does === 'check' ? api.get(path) : api.post(`${path}/rebuild`, {});
}

/** The counts of a day that moved to the cold store cannot be made anew: 409. */
function unlessMoved(error: Error): null {
  if (error.message.includes(' answered 409')) return null;
  throw error;
}

/** Each day from the first to the last. */
function daysOf({ from, to }: { from?: string | undefined; to?: string | undefined }): string[] {
  const last = Date.parse(to ?? new Date().toISOString().slice(0, 10));
  const first = from ? Date.parse(from) : last - 29 * DAY_MS;
  if (!(first <= last)) throw new Error('Give days as 2026-11-21, the first not later than the last.');
  const count = Math.floor((last - first) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}

function describe({ counted, period, start, dimension, value, surplus }: Difference): string {
  const by = Object.entries(surplus).map(([measure, count]) => `${measure} ${count > 0 ? '+' : ''}${count}`);
  return `${counted} of the ${period} ${start}, ${dimension} ${value}: the rollup has ${by.join(', ')}`;
}

const [does] = positionals;
if (values.help || (does !== 'check' && does !== 'rebuild')) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 1;
} else {
  await main(does).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  });
}
