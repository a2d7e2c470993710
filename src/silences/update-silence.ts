import { and, eq, gt } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { checkChannels, checkTimes } from './check-silence.ts';
import type { SilencePatch } from './contract.ts';
import { getSilence } from './get-silence.ts';
import type { Silence } from './match-silence.ts';
import { silences } from './table.ts';

const OVER = 'The silence is over. Make a new one.';
const BEGUN = 'The silence has begun, so its matchers stay. End it and make a new one.';

/** Changes what is given of a silence that is not over: its matchers only before it begins, its start never. */
export async function updateSilence({ ctx, input }: Call<{ id: number; patch: SilencePatch }>): Promise<Silence> {
  authorize(ctx.actor, 'silence.manage');
  const { id, patch } = input;
  const { reason, matchers, ends_at: endsAt, announce_to: announceTo } = patch;
  const now = ctx.clock();
  const found = await getSilence({ ctx, input: { id } });
  if (found.endsAt <= now) throw new ConflictError(OVER);
  if (matchers && found.startsAt <= now) throw new ConflictError(BEGUN);
  if (endsAt) checkTimes({ startsAt: found.startsAt, endsAt, now });
  await checkChannels(ctx, announceTo);
  if (Object.keys(patch).length === 0) return found;
  const where = and(eq(silences.id, id), gt(silences.endsAt, now), matchers ? gt(silences.startsAt, now) : undefined);
  const set = { reason, matchers, endsAt, announceTo };
  const [, [silence]] = await ctx.db.batch([
    auditChange(ctx, { table: silences, where, set, action: 'silence.update', target: `silence:${id}` }),
    ctx.db.update(silences).set(set).where(where).returning(),
  ]);
  if (!silence) throw new ConflictError(OVER);
  return silence;
}
