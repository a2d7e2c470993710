import { type SQL, sql } from 'drizzle-orm';
import { owesAlert } from '../events/mark-alerted.ts';
import { events } from '../events/table.ts';
import type { AlertPlan, Raising } from './plan-alerts.ts';
import { alerts } from './table.ts';

/*
 * What was planned, as SQL: SELECTs over those of the planned events that still owe an alert, to stand before they are
 * marked. SQLite would rather begin with the table; CROSS JOIN keeps it at the few that are planned.
 */

const plan = (rows: unknown[]) => sql`json_each(${JSON.stringify(rows)}) AS plan`;

/** The alerts to open or count up, one for each key and each event without one. */
export function wanted(raising: Raising[]): SQL {
  // Lowered since, an event still owes the alert that it was accepted with.
  const severity = sql`iif(max(${events.severity} = 'critical'), 'critical', 'high')`;
  return sql`SELECT plan.value ->> 1 AS key, min(${events.id}) AS event_id, ${severity} AS severity, count(*) AS n,
      min(${events.timestamp}) AS first_seen, max(${events.timestamp}) AS last_seen,
      plan.value ->> 4 AS acknowledge_ms, plan.value ->> 5 AS resolve_ms
    FROM ${plan(raising)} CROSS JOIN ${events} WHERE ${owesAlert(sql`plan.value ->> 0`)}
    GROUP BY coalesce(plan.value ->> 1, ${events.id})`;
}

/** Each event with the alert that it raised or joined: `event_id, alert_id, key`, and the event that raised it. */
export function linked(raising: Raising[]): SQL {
  const keyed = raising.filter(([, key]) => key !== null);
  // Alerts have no index on their event. Those of this batch are the newest.
  const newest = sql`SELECT ${alerts.id} AS id, ${alerts.eventId} AS event_id, ${alerts.openKey} AS open_key
    FROM ${alerts} ORDER BY ${alerts.id} DESC LIMIT ${raising.length}`;
  const ofEvents = sql`SELECT ${events.id} AS event_id, newest.id AS alert_id, NULL AS key, newest.event_id AS raised_by
    FROM (${newest}) AS newest CROSS JOIN ${events}
    WHERE ${owesAlert(sql`newest.event_id`)} AND newest.open_key IS NULL`;
  const ofKeys = sql`SELECT ${events.id} AS event_id, ${alerts.id} AS alert_id, ${alerts.openKey} AS key,
      ${alerts.eventId} AS raised_by
    FROM ${plan(keyed)} CROSS JOIN ${events} CROSS JOIN ${alerts}
    WHERE ${owesAlert(sql`plan.value ->> 0`)} AND ${alerts.openKey} = plan.value ->> 1
      AND ${alerts.openKey} IS NOT NULL`;
  if (keyed.length === 0) return ofEvents;
  return keyed.length === raising.length ? ofKeys : sql`${ofKeys} UNION ALL ${ofEvents}`;
}

/** The alerts that were opened at this time, with what their policies ask for. For after the marks, which say whose. */
export function escalating(raising: Raising[], now: Date): SQL {
  const ofPolicies = raising.filter(([, , policyId]) => policyId !== undefined);
  return sql`SELECT ${alerts.id} AS alert_id, plan.value ->> 2 AS policy_id, ${now.getTime()} + (plan.value ->> 3) AS due_at
    FROM ${plan(ofPolicies)} CROSS JOIN ${events} CROSS JOIN ${alerts}
    WHERE ${events.id} = plan.value ->> 0 AND ${alerts.id} = ${events.alertId} AND ${alerts.eventId} = ${events.id}
      AND ${alerts.createdAt} = ${now.getTime()}`;
}

/** Each event that a silence suppresses: `event_id, silence_id`. */
export function silenced(suppressed: AlertPlan['suppressed']): SQL {
  return sql`SELECT ${events.id} AS event_id, plan.value ->> 1 AS silence_id
    FROM ${plan(suppressed)} CROSS JOIN ${events} WHERE ${owesAlert(sql`plan.value ->> 0`)}`;
}
