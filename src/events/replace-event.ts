import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { EventReplacement, ShownEvent } from './contract.ts';
import { writeEvent } from './write-event.ts';

/** Replaces all that a poster may say of an event; what is not given becomes empty. */
export async function replaceEvent({
  ctx,
  input,
}: Call<{ id: number; replacement: EventReplacement }>): Promise<ShownEvent> {
  authorize(ctx.actor, 'event.change');
  const { id, replacement } = input;
  const event = await writeEvent(ctx, {
    id,
    action: 'event.replace',
    severity: replacement.severity,
    set: {
      source: replacement.source,
      eventType: replacement.event_type,
      severity: replacement.severity,
      description: replacement.description,
      occurredAt: replacement.occurred_at,
      attributes: replacement.attributes,
      dedupKey: replacement.dedup_key,
    },
  });
  if (!event) throw new NotFoundError('event');
  return event;
}
