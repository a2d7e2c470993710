import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { raiseSeverityOfAlert } from '../alerts/follow-event.ts';
import { announceRaised, planRaising } from '../alerts/raise-alerts.ts';
import { raiseOwed } from '../alerts/raise-owed.ts';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { raisesAlert, type Severity } from '../core/severity.ts';
import { isUniqueViolation } from '../db/faults.ts';
import { countEvents, uncountEvents } from '../reports/counts.ts';
import type { ShownEvent } from './contract.ts';
import { getEvent } from './get-event.ts';
import { selectOwing } from './select-owed.ts';
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
export async function writeEvent(ctx: Context, change: Change): Promise<ShownEvent | undefined> {
  const { id, severity, action } = change;
  const owes = severity && raisesAlert(severity);
  const set = {
    ...change.set,
    dedupKey: keptKey(change.set.dedupKey),
    alertState: owes ? sql`coalesce(${events.alertState}, 'pending')` : undefined,
  };
  const where = and(eq(events.id, id), change.where);
  const plan = owes && (await planRaising(ctx, selectOwing(ctx.db, { id, set: change.set, at: ctx.clock() })));
  const [, , [event], , ...results] = await ctx.db
    .batch([
      uncountEvents(ctx.db, where),
      auditChange(ctx, { table: events, where, set, action, target: `event:${id}` }),
      ctx.db.update(events).set(set).where(where).returning(),
      countEvents(ctx.db, and(eq(events.id, id), sql`changes() > 0`)),
      ...(severity ? raiseSeverityOfAlert(ctx, { eventId: id, severity }) : []),
      ...(plan ? raiseOwed(ctx, plan) : []),
    ])
    .catch(refuseTakenKey);
  if (plan) announceRaised(ctx, { plan, results });
  // Its alert came after it was read.
  return event && owes ? getEvent({ ctx, input: { id } }) : event;
}

/** An event that has an alert keeps its key: by it the alert finds the events that it gathered. */
function keptKey(given: SQLiteUpdateSetSource<typeof events>['dedupKey']): SQL | undefined {
  return given === undefined ? undefined : sql`iif(${events.alertId} IS NULL, ${given}, ${events.dedupKey})`;
}

function refuseTakenKey(error: unknown): never {
  if (isUniqueViolation(error)) throw new ConflictError('That source has an event with this external_id already.');
  throw error;
}
