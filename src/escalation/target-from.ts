import { and, eq, type SQL, sql } from 'drizzle-orm';
import { alerts } from '../alerts/table.ts';
import type { TargetName } from './next-action.ts';
import { escalationPolicies, escalations } from './table.ts';

/** SQL for by when the policy of an alert wants it handled, counted from a time; null when it does not say. */
export function targetFrom(now: Date, target: TargetName): SQL {
  const { id, targets } = escalationPolicies;
  const path = `${target}Seconds`;
  const ofAlert = and(eq(escalations.alertId, alerts.id), eq(id, escalations.policyId));
  return sql`(SELECT ${now.getTime()} + 1000 * (${targets} -> ${alerts.severity} ->> ${path})
    FROM ${escalations} CROSS JOIN ${escalationPolicies} WHERE ${ofAlert})`;
}
