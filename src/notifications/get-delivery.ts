import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Delivery } from './delivery-lease.ts';
import { deliveries } from './table.ts';

/** One delivery by id, with all its attempts. */
export async function getDelivery({ ctx, input }: Call<{ id: number }>): Promise<Delivery> {
  authorize(ctx.actor, 'delivery.read');
  const [found] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, input.id));
  if (!found) throw new NotFoundError('delivery');
  return found;
}
