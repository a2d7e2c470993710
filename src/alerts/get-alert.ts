import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import type { Db } from '../db/client.ts';
import { prefixed } from '../db/prefixed.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import type { AlertWithEvent } from './contract.ts';
import { alerts } from './table.ts';

/** One alert by id, with its event. */
export async function getAlert({ ctx, input }: Call<{ id: number }>): Promise<AlertWithEvent> {
  authorize(ctx.actor, 'alert.read');
  const [found] = await selectAlert(ctx.db, input.id);
  if (!found) throw new NotFoundError('alert');
  return found;
}

/** The statement that reads an alert with its event. Unexecuted. */
export function selectAlert(db: Db, id: number) {
  return db
    .select({ alert: alerts, event: prefixed(events, 'event_of_') })
    .from(alerts)
    .innerJoin(events, eq(events.id, alerts.eventId))
    .where(eq(alerts.id, id));
}
