import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { insist } from './client.ts';
import type { Instance } from './instance.ts';
import { owesAlert } from './plan.ts';
import type { Ledger } from './sender.ts';

type Event = { id: number; alert_id: number | null; dedup_key: string | null; attributes: { n: number } };
type Alert = { id: number; event: { id: number }; dedup_key: string | null; event_count: number };

/** How the product compares with the truth. Every count but the first two has to be zero. */
export type Verdict = {
  accepted: number;
  owed: number;
  eventsMissing: number;
  eventsDuplicated: number;
  alertsMissing: number;
  alertsDuplicated: number;
  /** Alerts that say of how many events they are, and are of more or fewer. */
  alertsMiscounted: number;
  auditFaults: number;
};

type Part = {
  faults: { kind: string; first_id: number; last_id: number }[];
  unsealed_rows: number;
  next_from: number | null;
};

/** Reads every event and alert through the API, and compares. */
export async function judge(instance: Instance, { accepted, deleted }: Ledger): Promise<Omit<Verdict, 'auditFaults'>> {
  const events = await readAll<Event>(instance, '/api/v1/events');
  const alerts = await readAll<Alert>(instance, '/api/v1/alerts');
  const truth = [...accepted.values()].map(({ event }) => event).filter(({ n }) => !deleted.has(n));
  const stored = Map.groupBy(events, ({ attributes }) => attributes.n);
  const alertOf = new Map(alerts.map((alert) => [alert.id, alert]));
  const owing = new Set(truth.filter(owesAlert).map(({ n }) => n));
  const owed = events.filter(({ attributes }) => owing.has(attributes.n));
  const isRight = ({ id, alert_id, dedup_key }: Event) => {
    const alert = alertOf.get(alert_id ?? 0);
    return alert !== undefined && alert.dedup_key === dedup_key && (dedup_key !== null || alert.event.id === id);
  };
  // Nobody resolves one here, so events of one key have one alert.
  const problems = new Set(owed.filter(isRight).map(({ id, dedup_key }) => dedup_key ?? id));
  const linked = Map.groupBy(events, ({ alert_id }) => alert_id);
  return {
    accepted: accepted.size,
    owed: owing.size,
    eventsMissing: truth.filter(({ n }) => !stored.has(n)).length,
    // What nobody posted, or was deleted, is too much, too.
    eventsDuplicated: events.length - truth.filter(({ n }) => stored.has(n)).length,
    alertsMissing: owed.filter((event) => !isRight(event)).length,
    alertsDuplicated: alerts.length - problems.size,
    alertsMiscounted: alerts.filter(({ id, event_count }) => linked.get(id)?.length !== event_count).length,
  };
}

async function readAll<Item>(instance: Instance, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { text } = await insist(instance, `${path}?limit=100${cursor && `&cursor=${cursor}`}`);
    const page: { data: Item[]; next_cursor: string | null } = JSON.parse(text);
    items.push(...page.data);
    cursor = page.next_cursor;
  }
  return items;
}

/** Faults of the log in words, and rows that no seal covers though the cron has just run. */
export async function auditFaults(instance: Instance): Promise<string[]> {
  const found: string[] = [];
  for (let from: number | null = 1; from !== null; ) {
    const { text } = await insist(instance, `/api/v1/auditlogs/verify?from_id=${from}`);
    const part: Part = JSON.parse(text);
    found.push(...part.faults.map(({ kind, first_id, last_id }) => `audit rows ${first_id} to ${last_id}: ${kind}`));
    if (part.unsealed_rows > 0) found.push(`${part.unsealed_rows} audit rows are not sealed`);
    from = part.next_from;
  }
  return found;
}

/** The same counts from the database file, so that nothing hides behind the API. */
export function countRows(state: string): { events: number; alerted: number; owed: number } {
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sqlite'));
  for (const name of files) {
    const database = new DatabaseSync(join(state, name), { readOnly: true });
    const read = (sql: string) => Number(database.prepare(`SELECT ${sql} AS n`).get()?.n);
    const count = (from: string) => read(`(SELECT count(*) FROM ${from})`);
    try {
      if (count("sqlite_master WHERE name = 'audit_seals'") === 0) continue;
      const alerted = read('(SELECT coalesce(sum(event_count), 0) FROM alerts)');
      return { events: count('events'), alerted, owed: count("events WHERE alert_state = 'pending'") };
    } finally {
      database.close();
    }
  }
  throw new Error(`there is no database in ${state}`);
}
