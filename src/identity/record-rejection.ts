import { auditEvent } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call, Context } from '../core/context.ts';
import { networkOf } from '../core/network.ts';
import { authorize } from './permissions.ts';

type Rejection = {
  action: 'sensor_key.refuse' | 'session.refuse_refresh' | 'session.refuse_sso' | 'limit.refuse';
  target: string;
};

const MINUTE_MS = 60_000;

/** Rejections that an isolate writes down in a minute, of all callers together. */
const MAX_A_MINUTE = 30;

let minute = 0;
let written = new Set<string>();

/** Writes down, once the answer is out, that somebody was turned away. */
export function rejectLater(ctx: Context, input: Rejection): void {
  ctx.later('record of a rejection', () => recordRejection({ ctx, input }));
}

/** The target that names where a request came from. */
export function addressOf({ ip }: Context): string {
  return `address:${networkOf(ip ?? undefined)}`;
}

/**
 * Writes down that a key, a refresh token or a request beyond a quota was refused: in each isolate the first of a kind,
 * caller and minute, and thirty a minute at most. The log is never emptied, so being refused must not fill it.
 */
export async function recordRejection({ ctx, input }: Call<Rejection>): Promise<void> {
  authorize(ctx.actor, 'public');
  if (isFirst(ctx, input)) await auditEvent(ctx, { ...input, after: {} });
}

function isFirst(ctx: Context, { action, target }: Rejection): boolean {
  const now = Math.floor(ctx.clock().getTime() / MINUTE_MS);
  if (now !== minute) {
    minute = now;
    written = new Set();
  }
  const caller = ctx.actor.role === 'anonymous' ? addressOf(ctx) : actorLabel(ctx.actor);
  const key = `${action} ${target} ${caller}`;
  if (written.size >= MAX_A_MINUTE || written.has(key)) return false;
  written.add(key);
  return true;
}
