import type { JsonObject } from '../core/json.ts';
import { textOf } from './template.ts';
import type { Told } from './told.ts';

/** What a webhook gets: the form of Standard Webhooks, and the words beside what they are made of. */
export function webhookBody({ kind, payload, title, body }: Told): JsonObject {
  return { type: kind, timestamp: textOf(payload, 'at'), data: { ...payload, title, body } };
}
