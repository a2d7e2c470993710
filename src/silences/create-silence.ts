import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { checkChannels, checkTimes } from './check-silence.ts';
import { MAX_SILENCES, type NewSilence } from './contract.ts';
import { isUntold, type Silence } from './match-silence.ts';
import { silences } from './table.ts';

/** Silences what its matchers hold for, from its start to its end. */
export async function createSilence({ ctx, input }: Call<NewSilence>): Promise<Silence> {
  authorize(ctx.actor, 'silence.manage');
  const { reason, matchers, announce_to: announceTo } = input;
  const now = ctx.clock();
  const { starts_at: startsAt = now, ends_at: endsAt } = input;
  checkTimes({ startsAt, endsAt, now });
  await checkChannels(ctx, announceTo);
  const values = {
    reason,
    matchers: JSON.stringify(matchers),
    startsAt: startsAt.getTime(),
    endsAt: endsAt.getTime(),
    announceTo: announceTo && JSON.stringify(announceTo),
    suppressedCount: 0,
    createdBy: actorLabel(ctx.actor),
    createdAt: now.getTime(),
  };
  const others = sql`SELECT count(*) FROM ${silences} WHERE ${isUntold} AND ${silences.windowId} IS NULL`;
  const from = sql`WHERE (${others}) < ${MAX_SILENCES}`;
  const [[silence]] = await ctx.db.batch([
    ctx.db.insert(silences).select(selectInto(silences, { values, from })).returning(),
    auditInsert(ctx, {
      action: 'silence.create',
      target: sql`'silence:' || last_insert_rowid()`,
      after: { reason, matchers, starts_at: startsAt.getTime(), ends_at: endsAt.getTime(), announce_to: announceTo },
    }),
  ]);
  if (!silence) throw new ConflictError(`There are ${MAX_SILENCES} silences that are not over.`);
  return silence;
}
