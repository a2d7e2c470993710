import { asc, eq } from 'drizzle-orm';
import { matchesAll, type Subject } from '../core/matcher.ts';
import type { Severity } from '../core/severity.ts';
import type { Db } from '../db/client.ts';
import { escalationPolicies } from './table.ts';

export type Policy = typeof escalationPolicies.$inferSelect;

/** The statement that reads the policies that are enabled, in the order in which they are tried. Unexecuted. */
export function selectPolicies(db: Db) {
  const { enabled, position, id } = escalationPolicies;
  return db.select().from(escalationPolicies).where(eq(enabled, true)).orderBy(asc(position), asc(id));
}

/** The first policy whose matchers hold. */
export function policyOf(policies: Policy[], subject: Subject): Policy | undefined {
  return policies.find(({ matchers }) => matchesAll(matchers, subject));
}

/** Within how many milliseconds a policy wants alerts of a severity acknowledged and resolved; null for no target. */
export function targetsOf({ targets }: Policy, severity: Severity) {
  const { acknowledgeSeconds = null, resolveSeconds = null } = targets[severity] ?? {};
  return { acknowledgeMs: inMs(acknowledgeSeconds), resolveMs: inMs(resolveSeconds) };
}

const inMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
