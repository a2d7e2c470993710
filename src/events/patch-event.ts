import { type SQL, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { ValidationError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { type EventPatch, MAX_ATTRIBUTES_BYTES, type ShownEvent } from './contract.ts';
import { getEvent } from './get-event.ts';
import { events } from './table.ts';
import { writeEvent } from './write-event.ts';

/** Changes the fields that are given. Attributes merge by RFC 7396, in the database, so that no other change is lost. */
export async function patchEvent({ ctx, input }: Call<{ id: number; patch: EventPatch }>): Promise<ShownEvent> {
  authorize(ctx.actor, 'event.change');
  const { id, patch } = input;
  if (Object.keys(patch).length === 0) return getEvent({ ctx, input: { id } });
  const merged = patch.attributes && sql`json_patch(${events.attributes}, ${JSON.stringify(patch.attributes)})`;
  const event = await writeEvent(ctx, {
    id,
    action: 'event.update',
    severity: patch.severity,
    set: {
      source: patch.source,
      eventType: patch.event_type,
      severity: patch.severity,
      description: patch.description,
      occurredAt: patch.occurred_at,
      attributes: merged,
      dedupKey: patch.dedup_key,
    },
    where: merged && fits(merged),
  });
  if (event) return event;
  await getEvent({ ctx, input: { id } });
  const detail = `must have at most ${MAX_ATTRIBUTES_BYTES} bytes as JSON after the merge`;
  throw new ValidationError([{ pointer: '#/attributes', detail }]);
}

function fits(attributes: SQL): SQL {
  return sql`octet_length(${attributes}) <= ${MAX_ATTRIBUTES_BYTES}`;
}
