import { z } from 'zod';

export const ALERT_QUEUE = 'edgewatch-alerts';
export const DEAD_LETTER_QUEUE = 'edgewatch-alerts-dead';

/** The only message: ids of events that owe an alert. A thousand ids are about 10 KB; a message may hold 128 KB. */
export const alertMessage = z.strictObject({
  type: z.literal('raise_alerts'),
  event_ids: z.array(z.number().int().positive()).min(1).max(1000),
});

export type AlertMessage = z.infer<typeof alertMessage>;
