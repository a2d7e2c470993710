import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** A recorded event as it is posted. */
export type RecordedEvent = {
  source: string;
  event_type: string;
  severity: 'high' | 'low';
  description: string;
  occurred_at?: string;
  attributes: Record<string, unknown>;
  external_id: string;
};

type Recorded = {
  i: number;
  src: string;
  logsource: { product: string; service?: string; category?: string[] };
  time?: string;
  event: Record<string, unknown>;
};

type Files = { events: string; expected: string; rules: string };

/**
 * Recorded events as Edgewatch events: the source is the computer or the product, the type the category or the
 * service, and the severity high where a rule of level high or critical is expected to match, else low.
 */
export async function readRecorded({ events, expected, rules }: Files): Promise<RecordedEvent[]> {
  const severe = await severeRules(rules);
  const matches: Record<string, number[]> = JSON.parse(await readText(expected));
  const high = new Set(Object.entries(matches).flatMap(([rule, indexes]) => (severe.has(rule) ? indexes : [])));
  return (await readLines<Recorded>(events)).map((recorded) => toEvent(recorded, high.has(recorded.i)));
}

async function severeRules(file: string): Promise<Set<string>> {
  const rules = await readLines<{ id: string; level: string }>(file);
  return new Set(rules.filter(({ level }) => level === 'high' || level === 'critical').map(({ id }) => id));
}

function toEvent({ i, src, logsource, time, event }: Recorded, isHigh: boolean): RecordedEvent {
  const { product, service, category } = logsource;
  return {
    source: typeof event.Computer === 'string' && event.Computer !== '' ? event.Computer : product,
    event_type: category?.[0] ?? service ?? product,
    severity: isHigh ? 'high' : 'low',
    description: `Recorded in ${src}`,
    ...(time ? { occurred_at: time } : {}),
    attributes: event,
    external_id: `recorded-${i}`,
  };
}

async function readLines<Item>(file: string): Promise<Item[]> {
  const text = await readText(file);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** A text file, unpacked when its name says that it is gzip. */
async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
