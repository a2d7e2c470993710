import { z } from '@hono/zod-openapi';
import { id, line, oneOf, rfc3339, timeInput } from '../http/fields.ts';
import { checkListQuery, pageOf, sortedPagingQuery } from '../http/pagination.ts';
import type { Delivery } from './delivery-lease.ts';
import { type Attempt, DELIVERY_STATUSES, NOTIFICATION_KINDS } from './table.ts';

const ATTEMPT = {
  number: 1,
  at: '2026-11-21T09:30:00.120Z',
  latency_ms: 212,
  status: 503,
  error: 'status 503',
};

const attemptView = z
  .strictObject({
    number: z.number().int(),
    at: rfc3339,
    latency_ms: z.number().int().openapi({ description: 'Until the answer, its lookup of names included.' }),
    status: z.number().int().nullable().openapi({ description: 'The HTTP status; null when there was no answer.' }),
    error: z.string().nullable().openapi({ description: 'Why it failed; null when it did not.' }),
  })
  .openapi('DeliveryAttempt', { example: ATTEMPT });

const summary = {
  id: z.number().int(),
  channel_id: z.number().int(),
  kind: z.enum(NOTIFICATION_KINDS),
  subject: z.string().openapi({ description: 'What it is about: `alert:12`, `silence:3` or `channel:1`.' }),
  key: z.string().openapi({
    description: 'What a channel is told once. A redelivery has the key of the first one and `/redelivery:1`, `:2` …',
    example: 'alert:12/step:1/round:1',
  }),
  status: z.enum(DELIVERY_STATUSES),
  attempt_count: z.number().int(),
  last_attempt: attemptView.nullable(),
  next_attempt_at: rfc3339.nullable().openapi({ description: 'Null when it is over.' }),
  expires_at: rfc3339.openapi({ description: 'It is not tried after this.' }),
  created_at: rfc3339,
  finished_at: rfc3339.nullable().openapi({ description: 'When it was delivered, or failed for good.' }),
};

export const deliverySummary = z.strictObject(summary).openapi('DeliverySummary');

export const deliveryView = z
  .strictObject({
    ...summary,
    attempts: z.array(attemptView).openapi({ description: 'Every request that was made, the first one first.' }),
    payload: z.record(z.string(), z.unknown()).openapi({ description: 'What is told, as it was when it was decided.' }),
  })
  .openapi('Delivery');

export const deliveryPage = pageOf(deliverySummary).openapi('DeliveryPage');

export const deliveryQuery = z
  .strictObject({
    ...sortedPagingQuery(['created_at', 'finished_at']),
    channel: id.optional().openapi({ description: 'The id of its channel.' }),
    status: oneOf(DELIVERY_STATUSES).optional().openapi({ description: '`failed` is the dead letters.' }),
    kind: oneOf(NOTIFICATION_KINDS).optional(),
    subject: line(100).optional().openapi({ description: 'Exactly: `alert:12`.' }),
    from: timeInput.optional().openapi({ description: 'Created at or after.' }),
    to: timeInput.optional().openapi({ description: 'Created at or before.' }),
  })
  .superRefine(checkListQuery)
  .superRefine(({ sort_by, status, subject, cursor }, refinement) => {
    const refuse = (path: string, message: string) => refinement.addIssue({ code: 'custom', path: [path], message });
    const byFinish = sort_by === 'finished_at';
    if (byFinish && (status !== 'failed' || subject))
      refuse('sort_by', 'finished_at needs status=failed, and no subject');
    if (cursor && byFinish !== (typeof cursor === 'object'))
      refuse('cursor', 'must be the next_cursor of a page before');
  });

export type DeliveryQuery = z.output<typeof deliveryQuery>;

export const replay = z
  .strictObject({
    channel: z.number().int().positive().openapi({ description: 'The id of the channel.' }),
    from: timeInput.optional().openapi({ description: 'Those that failed at or after.' }),
    to: timeInput.optional().openapi({ description: 'Those that failed at or before.' }),
  })
  .superRefine(({ from, to }, refinement) => {
    if (from && to && from > to)
      refinement.addIssue({ code: 'custom', path: ['from'], message: 'must not be later than to' });
  })
  .openapi('Replay', { example: { channel: 1, from: '2026-11-21T09:30:00Z' } });

export type Replay = z.output<typeof replay>;

export const replayView = z
  .strictObject({
    redelivered: z.number().int().openapi({ description: 'How many are on their way again.' }),
    complete: z.boolean().openapi({ description: 'False when there may be more: send the same request again.' }),
  })
  .openapi('ReplayResult', { example: { redelivered: 37, complete: true } });

/** What a list shows of a delivery: not its payload. */
export const LISTED = [
  'id',
  'channelId',
  'kind',
  'subject',
  'key',
  'status',
  'attempts',
  'nextAttemptAt',
  'expiresAt',
  'createdAt',
  'finishedAt',
] as const;

export type ListedDelivery = Pick<Delivery, (typeof LISTED)[number]>;

const viewAttempt = ({ number, at, latencyMs, status, error }: Attempt): z.output<typeof attemptView> => ({
  number,
  at,
  latency_ms: latencyMs,
  status,
  error,
});

export function viewDeliverySummary(delivery: ListedDelivery): z.output<typeof deliverySummary> {
  const last = delivery.attempts.at(-1);
  return {
    id: delivery.id,
    channel_id: delivery.channelId,
    kind: delivery.kind,
    subject: delivery.subject,
    key: delivery.key,
    status: delivery.status,
    attempt_count: delivery.attempts.length,
    last_attempt: last ? viewAttempt(last) : null,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    expires_at: delivery.expiresAt.toISOString(),
    created_at: delivery.createdAt.toISOString(),
    finished_at: delivery.finishedAt?.toISOString() ?? null,
  };
}

export function viewDelivery(delivery: Delivery): z.output<typeof deliveryView> {
  return {
    ...viewDeliverySummary(delivery),
    attempts: delivery.attempts.map(viewAttempt),
    payload: delivery.payload,
  };
}
