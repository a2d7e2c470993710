import { resolve } from 'node:path';
import { alerts } from '../src/alerts/table.ts';
import { auditRows } from '../src/audit/table.ts';
import type { Db } from '../src/db/client.ts';
import { events } from '../src/events/table.ts';
import { users } from '../src/identity/table.ts';
import { incidents } from '../src/incidents/table.ts';
import { noteRevisions, notes } from '../src/notes/table.ts';
import { sensors } from '../src/sensors/table.ts';
import { endLeftovers } from './local/processes.ts';
import { openState, type State } from './local/state.ts';
import { makeRoom, openDatabase } from './seed/database.ts';
import { load } from './seed/load.ts';
import { type Data, makeData } from './seed/make-data.ts';
import { HELP, type Options, readOptions } from './seed/options.ts';
import { summarise } from './seed/summarise.ts';

async function main(options: Options): Promise<void> {
  const state = await openState(resolve(options.state));
  await endLeftovers(state.directory).catch((error: Error) => {
    throw new Error(`${error.message} Stop it first, with Ctrl-C where it was started.`);
  });
  const { db, close } = await openDatabase(state);
  try {
    const first = await makeRoom(db, state);
    const data = await makeData(options, { state, first });
    await store(db, { data, state });
    console.log(summarise(data, options));
  } finally {
    await close();
  }
}

/** People first: from then on the state has its admin, whatever happens. */
async function store(db: Db, { data, state }: { data: Data; state: State }): Promise<void> {
  await load(db, { what: 'people', table: users, rows: data.people });
  await state.save();
  await load(db, { what: 'sensors', table: sensors, rows: data.sensors });
  await load(db, { what: 'events', table: events, rows: data.events, total: data.planned.length });
  await load(db, { what: 'alerts', table: alerts, rows: data.alerts });
  await load(db, { what: 'incidents', table: incidents, rows: data.incidents });
  await load(db, { what: 'notes', table: notes, rows: data.notes });
  await load(db, { what: 'note revisions', table: noteRevisions, rows: data.revisions });
  await load(db, { what: 'audit rows', table: auditRows, rows: data.auditRows });
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await main(options);
  else console.log(HELP);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
