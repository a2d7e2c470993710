import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { getPlatformProxy } from 'wrangler';
import { alerts } from '../../src/alerts/table.ts';
import { type Db, database } from '../../src/db/client.ts';
import { events } from '../../src/events/table.ts';
import { users } from '../../src/identity/table.ts';
import { incidents } from '../../src/incidents/table.ts';
import { alertCounts, eventCounts, incidentCounts, watermarks } from '../../src/reports/table.ts';
import { sensors } from '../../src/sensors/table.ts';
import { migrate } from '../local/prepare-database.ts';
import { rememberProcesses } from '../local/processes.ts';
import type { State } from '../local/state.ts';
import { QUIET } from '../local/wrangler.ts';

/** Opens the database of a state that nothing runs on, as it is after every migration. */
export async function openDatabase(state: State): Promise<{ db: Db; close: () => Promise<void> }> {
  const { directory, saved } = state;
  await migrate(state);
  const secrets = { JWT_SECRET: saved.jwtSecret, AUDIT_SIGNING_KEY: saved.auditSigningKey };
  Object.assign(process.env, QUIET, secrets, { WRANGLER_LOG: 'error' });
  // Where `--persist-to` puts it.
  const platform = await getPlatformProxy<Env>({
    configPath: 'wrangler.toml',
    persist: { path: join(directory, 'v3') },
  });
  await rememberProcesses(directory);
  return { db: database(platform.env.DB), close: () => platform.dispose() };
}

/** The ids with which new rows begin. */
export type FirstIds = { event: number; alert: number; incident: number; note: number };

const DEMO = 'demo-%';

/**
 * Makes room for events that are older than what is there: ids must grow with time. Only the demo's give way; a state
 * that holds anything of somebody's own is refused. No id is given twice, so that the audit log stays unambiguous.
 */
export async function makeRoom(db: Db, { saved, directory }: State): Promise<FirstIds> {
  const known = JSON.stringify([saved.admin.username, saved.analyst?.username]);
  const [own] = await db.all<Record<string, number>>(sql`SELECT
    (SELECT count(*) FROM ${events} WHERE ${events.externalId} IS NULL OR ${events.externalId} NOT LIKE ${DEMO}) AS events,
    (SELECT count(*) FROM ${incidents}) AS incidents,
    (SELECT count(*) FROM ${sensors}) AS sensors,
    (SELECT count(*) FROM ${users} WHERE ${users.username} NOT IN (SELECT value FROM json_each(${known}))) AS people`);
  const found = Object.entries(own ?? {}).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  if (found.length > 0) {
    throw new Error(
      `${directory} holds data already (${found.join(', ')}), and the seed must be older than anything there. ` +
        'Nothing was changed. Choose an empty state with --state DIR, or delete this one.',
    );
  }
  const [first] = await db.all<FirstIds>(sql`SELECT
    (SELECT coalesce(max(${events.id}), 0) + 1 FROM ${events}) AS event,
    (SELECT coalesce(max(${alerts.id}), 0) + 1 FROM ${alerts}) AS alert,
    (SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'incidents') AS incident,
    (SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'notes') AS note`);
  await db.batch([
    db.delete(alerts),
    db.delete(events),
    ...[eventCounts, alertCounts, incidentCounts, watermarks].map((table) => db.delete(table)),
  ]);
  return first ?? { event: 1, alert: 1, incident: 1, note: 1 };
}
