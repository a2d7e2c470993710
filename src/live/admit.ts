import { z } from 'zod';
import { systemClock } from '../core/clock.ts';
import { settingsOf } from '../core/settings.ts';
import { database } from '../db/client.ts';
import { selectNewest } from './read-changes.ts';
import { selectStanding, standingOf } from './select-standing.ts';
import type { Watcher } from './watcher.ts';

/** The header in which a Worker tells the hub for whom a socket is. Nothing else reaches the hub. */
export const WATCHING = 'X-Watching';

/** Whoever missed more than this loads afresh what is shown. */
const MAX_BEHIND = 10_000;

const watching = z.strictObject({
  userId: z.number().int(),
  sessionId: z.number().int().nullable(),
  cursor: z.number().int().nullable(),
});

/** What a Worker tells of who wants to watch, and from where. */
export type Asked = z.output<typeof watching>;

type Notice = { type: 'hello' | 'reset'; cursor: number };
type Refusal = { status: 400 | 401 };

/**
 * Who asks is looked up once more, together with the newest row: what takes their right later lies behind that row, so the
 * hub will hear of it.
 */
export async function admit(request: Request, env: Env): Promise<Refusal | { watcher: Watcher; notices: Notice[] }> {
  const asked = watching.parse(JSON.parse(request.headers.get(WATCHING) ?? 'null'));
  const db = database(env.DB);
  const now = systemClock();
  const [standings, [newest]] = await db.batch([selectStanding(db, { among: [asked], now }), selectNewest(db)]);
  const standing = standingOf(standings, { watching: asked, settings: settingsOf(env) });
  if (!standing) return { status: 401 };
  const last = newest?.cursor ?? 0;
  const { userId, sessionId, cursor: wanted } = asked;
  if (wanted !== null && wanted > last) return { status: 400 };
  const isTooFar = wanted !== null && last - wanted > MAX_BEHIND;
  const cursor = wanted === null || isTooFar ? last : wanted;
  const { username, role } = standing;
  const watcher = { userId, sessionId, username, role, cursor, since: now.getTime(), unread: 0, readAt: 0 };
  const hello: Notice = { type: 'hello', cursor };
  return { watcher, notices: isTooFar ? [hello, { type: 'reset', cursor }] : [hello] };
}
