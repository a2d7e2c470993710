import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { raiseSeverityOfAlert } from '../alerts/follow-event.ts';
import { raiseOwed } from '../alerts/raise-alerts.ts';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { raisesAlert, type Severity } from '../core/severity.ts';
import { isUniqueViolation } from '../db/faults.ts';
import { countEvents, uncountEvents } from '../reports/counts.ts';
import type { StoredEvent } from './contract.ts';
import { getEvent } from './get-event.ts';
import { events } from './table.ts';

type Change = {
  id: number;
  action: string;
  set: SQLiteUpdateSetSource<typeof events>;
  severity: Severity | undefined;
  /** A further condition; when it does not hold nothing changes. */
  where?: SQL | undefined;
};

/**
 * Changes an event, with its audit row, its counts and its alert, in one batch; nothing when the condition does not hold.
 * Raised to High or Critical it gets an alert, and an alert that it has already follows its severity up.
 */
export async function writeEvent(ctx: Context, change: Change): Promise<StoredEvent | undefined> {
  const { id, severity, action } = change;
  const owes = severity && raisesAlert(severity);
  const set = { ...change.set, alertState: owes ? sql`coalesce(${events.alertState}, 'pending')` : undefined };
  const where = and(eq(events.id, id), change.where);
  const [, , [event]] = await ctx.db
    .batch([
      uncountEvents(ctx.db, where),
      auditChange(ctx, { table: events, where, set, action, target: `event:${id}` }),
      ctx.db.update(events).set(set).where(where).returning(),
      countEvents(ctx.db, and(eq(events.id, id), sql`changes() > 0`)),
      ...(severity ? raiseSeverityOfAlert(ctx, { eventId: id, severity }) : []),
      ...(owes ? raiseOwed(ctx, [id]) : []),
    ])
    .catch(refuseTakenKey);
  // Its alert came after it was read.
  return event && owes ? getEvent({ ctx, input: { id } }) : event;
}

function refuseTakenKey(error: unknown): never {
  if (isUniqueViolation(error)) throw new ConflictError('That source has an event with this external_id already.');
  throw error;
}
