import { and, eq, not, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Delivery } from './delivery-lease.ts';
import { getDelivery } from './get-delivery.ts';
import { enqueueDeliveries } from './insert-deliveries.ts';
import { again, insertRedeliveries, isBeingSentAgain } from './insert-redeliveries.ts';

/** Sends a delivery that is over once more: a new one of the same payload. Returns the new one. */
export async function redeliver({ ctx, input }: Call<{ id: number }>): Promise<Delivery> {
  authorize(ctx.actor, 'channel.manage');
  const { id } = input;
  const [[created]] = await ctx.db.batch([
    insertRedeliveries(ctx, { where: and(eq(again.id, id), not(isBeingSentAgain)), limit: 1 }),
    auditInsert(ctx, {
      action: 'delivery.redeliver',
      target: `delivery:${id}`,
      after: sql`json_object('delivery', last_insert_rowid())`,
    }),
  ]);
  if (!created) throw await refusalOf({ ctx, input });
  enqueueDeliveries(ctx, [created]);
  return created;
}

async function refusalOf({ ctx, input }: Call<{ id: number }>): Promise<ConflictError> {
  const { status } = await getDelivery({ ctx, input });
  return new ConflictError(
    status === 'pending'
      ? 'The delivery is pending: it is tried by itself.'
      : 'A redelivery of it is pending, or its channel is disabled or gone.',
  );
}
