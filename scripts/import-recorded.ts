import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { type Api, adminAccount, signIn } from './local/api.ts';
import { type RecordedEvent, readRecorded } from './recorded/read-recorded.ts';

const HELP = `npm run import-recorded -- --events FILE --expected FILE --rules FILE [--url URL] [--state DIR]

Posts recorded Sigma test events through /events/batch and then checks that every high one has its alert.

  --events FILE    NDJSON of events, .gz allowed
  --expected FILE  JSON: rule id → indexes of the events that it matches
  --rules FILE     NDJSON of rules with id and level, .gz allowed
  --url URL        the instance (http://localhost:8787)
  --state DIR      the local instance's state, for its sign-in (.wrangler/state)

ADMIN_USERNAME and ADMIN_PASSWORD sign in elsewhere. Running it again stores nothing twice.`;

const MAX_BATCH = 1000;
// The API takes 2 MB a batch.
const MAX_BYTES = 1_500_000;

const { values } = parseArgs({
  options: {
    events: { type: 'string' },
    expected: { type: 'string' },
    rules: { type: 'string' },
    url: { type: 'string', default: 'http://localhost:8787' },
    state: { type: 'string', default: '.wrangler/state' },
    help: { type: 'boolean' },
  },
});

type Result = { accepted: number; duplicates: number; rejected: { index: number }[] };
type AlertPage = { data: { event: RecordedEvent }[]; next_cursor: string | null };

async function main(files: { events: string; expected: string; rules: string }): Promise<void> {
  const events = await readRecorded(files);
  const api = await signIn(values.url, await adminAccount(values.state));
  const { accepted, duplicates, rejected } = await post(api, events);
  console.log(`${accepted} accepted, ${duplicates} duplicates, ${rejected} rejected`);

  const high = new Map(events.filter(({ severity }) => severity === 'high').map((event) => [event.external_id, event]));
  const alerted = await waitForAlerts(api, high);
  console.log(`${alerted} alerts for ${high.size} high events, each with its event`);
  if (rejected > 0 || alerted !== high.size) process.exitCode = 1;
}

async function post(api: Api, events: RecordedEvent[]) {
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {value}/{total} events | {eta} s left',
    noTTYOutput: true,
  });
  bar.start(events.length, 0);
  const sum = { accepted: 0, duplicates: 0, rejected: 0 };
  for (const batch of batches(events)) {
    const result = await api.post<Result>('/events/batch', batch);
    sum.accepted += result.accepted;
    sum.duplicates += result.duplicates;
    sum.rejected += result.rejected.length;
    bar.increment(batch.length);
  }
  bar.stop();
  return sum;
}

function* batches(events: RecordedEvent[]): Generator<RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event)) + 1;
    if (batch.length === MAX_BATCH || bytes + size > MAX_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** How many of these events have an alert that shows them whole. Alerts follow within seconds, so it asks again. */
async function waitForAlerts(api: Api, high: Map<string, RecordedEvent>): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const alerted = await countAlerts(api, high);
    if (alerted === high.size || attempt === 30) return alerted;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function countAlerts(api: Api, high: Map<string, RecordedEvent>): Promise<number> {
  let alerted = 0;
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `&cursor=${cursor}` : '';
    const page = await api.get<AlertPage>(`/alerts?limit=100${query}`);
    alerted += page.data.filter(({ event }) => showsItsEvent(event, high.get(event.external_id))).length;
    cursor = page.next_cursor;
  } while (cursor);
  return alerted;
}

function showsItsEvent(shown: RecordedEvent, posted: RecordedEvent | undefined): boolean {
  return posted !== undefined && JSON.stringify(shown.attributes) === JSON.stringify(posted.attributes);
}

if (values.help || !values.events || !values.expected || !values.rules) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 1;
} else {
  await main({ events: values.events, expected: values.expected, rules: values.rules });
}
