import { z } from 'zod';

export const ALERT_QUEUE = 'edgewatch-alerts';
export const DELIVERY_QUEUE = 'edgewatch-deliveries';
export const DEAD_LETTER_QUEUE = 'edgewatch-alerts-dead';

/** A thousand ids are about 10 KB; a message may hold 128 KB. */
const ids = z.array(z.number().int().positive()).min(1).max(1000);

/** What the queues carry: only ids, of rows that say themselves what is to be done. */
export const message = z.union([
  z.strictObject({ type: z.literal('raise_alerts'), event_ids: ids }),
  z.strictObject({ type: z.literal('escalate'), alert_ids: ids }),
  z.strictObject({ type: z.literal('deliver'), delivery_ids: ids }),
]);

export type Message = z.infer<typeof message>;

/** The ids that a message names. */
export function idsOf(body: Message): number[] {
  switch (body.type) {
    case 'raise_alerts':
      return body.event_ids;
    case 'escalate':
      return body.alert_ids;
    case 'deliver':
      return body.delivery_ids;
  }
}
