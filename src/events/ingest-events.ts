import { sql } from 'drizzle-orm';
import { actorLabel } from '../core/actor.ts';
import type { Call, Context } from '../core/context.ts';
import { ALERTING_SEVERITIES } from '../core/severity.ts';
import { jsonParameter } from '../db/json-parameter.ts';
import { authorize } from '../identity/permissions.ts';
import type { NewEvent } from './contract.ts';
import { events } from './table.ts';

/** A new event, and how a retry of its single POST is recognised. */
export type Ingest = NewEvent & { idempotencyKey?: string; bodyHash?: string };

/**
 * Stores events in one statement with one JSON parameter, whatever their number, then sends the ids that owe an
 * alert to the queue. An event whose external_id or Idempotency-Key is known already is left out.
 * Returns the ids of the stored ones, in order.
 */
export async function ingestEvents({ ctx, input }: Call<Ingest[]>): Promise<number[]> {
  authorize(ctx.actor, 'event.post');
  const rows = jsonParameter(input.map(toRow), 'The events of one batch may have at most 2 MB. Send fewer at a time.');
  const stored = await ctx.db.all<{ id: number; alert_state: string | null }>(insertRows(ctx, rows));
  const pending = stored.filter((row) => row.alert_state === 'pending').map((row) => row.id);
  if (pending.length > 0) ctx.enqueue({ type: 'raise_alerts', event_ids: pending });
  return stored.map((row) => row.id);
}

function toRow(event: Ingest) {
  return {
    source: event.source,
    type: event.event_type,
    severity: event.severity,
    description: event.description,
    occurred: event.occurred_at?.getTime(),
    attributes: event.attributes,
    dedup: event.dedup_key ?? undefined,
    external: event.external_id ?? undefined,
    key: event.idempotencyKey,
    hash: event.bodyHash,
  };
}

/** The event row is its own outbox: what owes an alert is born pending, in the same statement. */
function insertRows(ctx: Context, rows: string) {
  const sensorId = ctx.actor.role === 'sensor' ? ctx.actor.sensorId : null;
  return sql`
    INSERT INTO ${events} (
      timestamp, source, event_type, severity, description, occurred_at, attributes, dedup_key, external_id,
      idempotency_key, body_hash, submitted_by, sensor_id, request_id, ip, origin, alert_state
    )
    SELECT
      ${ctx.clock().getTime()}, value ->> 'source', value ->> 'type', value ->> 'severity', value ->> 'description',
      value ->> 'occurred', value -> 'attributes', value ->> 'dedup', value ->> 'external',
      value ->> 'key', value ->> 'hash', ${actorLabel(ctx.actor)}, ${sensorId}, ${ctx.requestId}, ${ctx.ip},
      ${JSON.stringify(ctx.origin)}, iif(value ->> 'severity' IN ${ALERTING_SEVERITIES}, 'pending', NULL)
    FROM json_each(${rows})
    WHERE true
    ON CONFLICT DO NOTHING
    RETURNING id, alert_state`;
}
