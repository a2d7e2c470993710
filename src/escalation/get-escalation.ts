import { and, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import { alerts } from '../alerts/table.ts';
import type { Call, Context } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { deliveries } from '../notifications/table.ts';
import type { AlertEscalation } from './escalation-contract.ts';
import { nextStep } from './next-action.ts';
import { readChannels, type ToldChannel } from './read-channels.ts';
import { type Escalating, readEscalations, standingOf } from './read-escalations.ts';
import { escalations } from './table.ts';

const MAX_TOLD = 100;

/** How far the escalation of an alert came: its policy, who was told when, the next step and the targets. */
export async function getEscalation({ ctx, input }: Call<{ id: number }>): Promise<AlertEscalation> {
  authorize(ctx.actor, 'escalation.read');
  const { id } = input;
  const [alert] = await ctx.db.select().from(alerts).where(eq(alerts.id, id));
  if (!alert) throw new NotFoundError('alert');
  const [[escalating], told] = await Promise.all([
    readEscalations(ctx, { where: eq(escalations.alertId, id), limit: 1 }),
    readTold(ctx, { id, since: alert.createdAt }),
  ]);
  const next = escalating && stepToCome(escalating);
  const named = [...told.flatMap(({ channelIds }) => channelIds), ...(next?.action.channelIds ?? [])];
  const channelOf = await readChannels(ctx.db, named);
  return {
    alert_id: id,
    policy: escalating?.policy ? { id: escalating.policy.id, name: escalating.policy.name } : null,
    started_at: shown(escalating?.escalation.startedAt ?? null),
    told: told.map((one) => viewTold(one, channelOf)),
    next: next ? viewNext(next, channelOf) : null,
    targets: {
      acknowledge: { by: shown(alert.acknowledgeBy), missed_at: shown(alert.acknowledgeBreachedAt) },
      resolve: { by: shown(alert.resolveBy), missed_at: shown(alert.resolveBreachedAt) },
    },
  };
}

const shown = (time: Date | null) => time?.toISOString() ?? null;

/** The next step, as long as the alert waits for somebody. */
function stepToCome(escalating: Escalating) {
  const { plan, progress } = standingOf(escalating);
  return escalating.alert.status === 'open' ? nextStep(plan, progress) : undefined;
}

/** What was told of an alert since it was raised, each notification with its channels. */
async function readTold({ db }: Context, { id, since }: { id: number; since: Date }) {
  const { kind, key, subject, channelId, payload, createdAt } = deliveries;
  const isFirst = sql`instr(${key}, '/redelivery:') = 0`;
  const placeOf = (name: 'step' | 'round'): SQL<number | null> => sql`${payload} -> 'escalation' ->> ${name}`;
  const newest = await db
    .select({
      kind,
      at: sql`min(${createdAt})`.mapWith(createdAt),
      step: placeOf('step'),
      round: placeOf('round'),
      channelIds: sql`json_group_array(${channelId})`.mapWith((json: string): number[] => JSON.parse(json)),
    })
    .from(deliveries)
    .where(and(eq(subject, `alert:${id}`), gte(createdAt, since), isFirst))
    .groupBy(key)
    .orderBy(desc(sql`min(${deliveries.id})`))
    .limit(MAX_TOLD);
  return newest.reverse();
}

type Told = Awaited<ReturnType<typeof readTold>>[number];
type ChannelOf = (id: number) => ToldChannel;

function viewTold({ kind, at, step, round, channelIds }: Told, channelOf: ChannelOf): AlertEscalation['told'][number] {
  return { kind, at: at.toISOString(), step, round, channels: channelIds.map(channelOf) };
}

function viewNext({ at, action }: NonNullable<ReturnType<typeof stepToCome>>, channelOf: ChannelOf) {
  return {
    at: new Date(at).toISOString(),
    step: action.step + 1,
    round: action.round + 1,
    channels: action.channelIds.map(channelOf),
  };
}
