import { and, eq, or } from 'drizzle-orm';
import { actorLabel } from '../core/actor.ts';
import type { Call, Context } from '../core/context.ts';
import { sha256 } from '../core/digest.ts';
import { IdempotencyMismatchError, UnavailableError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { noteActivity } from '../sensors/sensor-activity.ts';
import type { NewEvent, ShownEvent } from './contract.ts';
import { ingestEvents } from './ingest-events.ts';
import { events } from './table.ts';

type Posted = { event: ShownEvent; replayed: boolean };

/** Stores one event. A retry, known by its Idempotency-Key or external_id, answers what was stored the first time. */
export async function postEvent({
  ctx,
  input,
}: Call<{ event: NewEvent; idempotencyKey?: string | undefined }>): Promise<Posted> {
  authorize(ctx.actor, 'event.post');
  const { event, idempotencyKey } = input;
  const retry = idempotencyKey ? { idempotencyKey, bodyHash: sha256(JSON.stringify(event)) } : {};
  // The event is stored with the time of this clock, so what is answered is what was stored.
  const now = ctx.clock();
  const [id] = await ingestEvents({ ctx: { ...ctx, clock: () => now }, input: [{ ...event, ...retry }] });
  noteActivity(ctx, id === undefined ? { duplicates: 1 } : { accepted: 1 });
  if (id !== undefined) return { event: asStored(ctx, { event, id, now }), replayed: false };

  const first = await findFirst(ctx, { ...event, idempotencyKey });
  if (first.bodyHash && retry.bodyHash && first.bodyHash !== retry.bodyHash) throw new IdempotencyMismatchError();
  return { event: first, replayed: true };
}

function asStored(ctx: Context, { event, id, now }: { event: NewEvent; id: number; now: Date }): ShownEvent {
  return {
    id,
    timestamp: now,
    source: event.source,
    eventType: event.event_type,
    severity: event.severity,
    description: event.description,
    occurredAt: event.occurred_at ?? null,
    attributes: event.attributes,
    dedupKey: event.dedup_key ?? null,
    externalId: event.external_id ?? null,
    sensorId: ctx.actor.role === 'sensor' ? ctx.actor.sensorId : null,
    origin: ctx.origin,
    alertId: null,
    silenceId: null,
  };
}

/** The event that stood in the way of this one. The Idempotency-Key speaks first. */
async function findFirst(
  ctx: Context,
  { idempotencyKey, source, external_id: externalId }: NewEvent & { idempotencyKey?: string | undefined },
) {
  const found = await ctx.db
    .select()
    .from(events)
    .where(
      and(
        eq(events.submittedBy, actorLabel(ctx.actor)),
        or(
          idempotencyKey ? eq(events.idempotencyKey, idempotencyKey) : undefined,
          externalId ? and(eq(events.source, source), eq(events.externalId, externalId)) : undefined,
        ),
      ),
    );
  const first = found.find((event) => event.idempotencyKey === idempotencyKey) ?? found[0];
  // Deleted between the two statements: sent again, it will be stored.
  if (!first) throw new UnavailableError();
  return first;
}
