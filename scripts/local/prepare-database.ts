import { readdir } from 'node:fs/promises';
import type { State } from './state.ts';
import { runWrangler } from './wrangler.ts';
import { createAdmin } from './write-admin.ts';

/** Brings the database of a local instance up to date, and gives that of a new one its admin. */
export async function prepareDatabase(state: State): Promise<void> {
  const isChanged = await migrate(state);
  if (state.isNew) await createAdmin({ ...state.saved.admin, target: targetOf(state) });
  if (isChanged || state.isNew) await state.save();
}

/**
 * Applies the migrations that the database has not seen; answers whether there were any. The state remembers the last
 * one once it is saved: wrangler takes three seconds to find that there is nothing to do.
 */
export async function migrate(state: State): Promise<boolean> {
  const names = (await readdir('migrations')).filter((name) => name.endsWith('.sql')).sort();
  if (state.saved.migration === names.at(-1)) return false;
  await runWrangler(['d1', 'migrations', 'apply', 'DB', ...targetOf(state)]);
  state.saved.migration = names.at(-1);
  return true;
}

function targetOf({ directory }: State): string[] {
  return ['--local', '--persist-to', directory];
}
