import { systemClock } from '../core/clock.ts';
import type { Settings } from '../core/settings.ts';
import type { Db } from '../db/client.ts';
import type { LoggedChange } from './read-changes.ts';
import { selectStanding, standingOf } from './select-standing.ts';
import { CLOSED, close, type Open } from './watcher.ts';

/** What may take somebody's right to watch. */
const CHANGES_STANDING = new Set([
  'session.revoke',
  'session.revoke_reused',
  'user.update',
  'user.provision',
  'totp.disable',
]);

type Means = { db: Db; settings: Settings; watching: Open[] };

/**
 * Closes the sockets of those who lost the right to watch, or have another role now, by what these rows of the log say
 * happened: before anybody is told of the rows. It asks the database how those few stand today.
 */
export async function endLost(rows: LoggedChange[], { db, settings, watching }: Means): Promise<void> {
  const changed = new Set(rows.flatMap(({ action, target }) => (CHANGES_STANDING.has(action) ? [target] : [])));
  if (changed.size === 0) return;
  const concerned = watching.filter(({ watcher }) => changed.has(`user:${watcher.username}`));
  if (concerned.length === 0) return;
  const among = concerned.map(({ watcher }) => watcher);
  const standings = await selectStanding(db, { among, now: systemClock() });
  for (const open of concerned) {
    const standing = standingOf(standings, { watching: open.watcher, settings });
    if (standing?.role !== open.watcher.role) close(open, CLOSED.rights);
  }
}
