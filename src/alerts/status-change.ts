import { and, eq, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { alias, type SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { usernameOf } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import { targetFrom } from '../escalation/target-from.ts';
import type { AlertStatus } from './lifecycle.ts';
import { alerts } from './table.ts';

type Change = SQLiteUpdateSetSource<typeof alerts>;

const other = alias(alerts, 'other');

/** The key whose events a reopened alert gathers again: its own, unless another alert does that by now. */
const freeKey = sql`iif(EXISTS (SELECT 1 FROM ${alerts} AS ${other} WHERE ${eq(other.openKey, alerts.dedupKey)}
  AND ${other.openKey} IS NOT NULL), NULL, ${alerts.dedupKey})`;

/**
 * What changes of an alert with its status: who did it and when, whether it gathers the events of its key, and whether it
 * was too late for its targets. Who resolves it at once answers it, too.
 */
export function becoming(ctx: Context, status: AlertStatus): Change {
  const now = ctx.clock();
  const by = usernameOf(ctx.actor);
  const { acknowledgeBreachedAt, resolveBreachedAt } = missedAt(now);
  switch (status) {
    case 'acknowledged':
      return { status, acknowledgedAt: now, acknowledgedBy: by, acknowledgeBreachedAt };
    case 'resolved':
      return { status, resolvedAt: now, resolvedBy: by, openKey: null, acknowledgeBreachedAt, resolveBreachedAt };
    case 'open':
      return { status, ...unanswered, openKey: freeKey, ...renewedTargets(now) };
  }
}

const unanswered = { acknowledgedAt: null, acknowledgedBy: null, resolvedAt: null, resolvedBy: null };

/** When targets were missed by what happens now: at their deadlines. What was marked before stays. */
function missedAt(now: Date) {
  const { acknowledgedAt, acknowledgeBy, resolveBy, ...marks } = alerts;
  const isUnanswered = and(isNull(acknowledgedAt), lte(acknowledgeBy, now));
  const marked = (mark: SQL, deadline: SQL | undefined) => sql`coalesce(${mark}, ${deadline})`;
  return {
    acknowledgeBreachedAt: marked(
      sql`${marks.acknowledgeBreachedAt}`,
      sql`iif(${isUnanswered}, ${acknowledgeBy}, NULL)`,
    ),
    resolveBreachedAt: marked(sql`${marks.resolveBreachedAt}`, sql`iif(${lte(resolveBy, now)}, ${resolveBy}, NULL)`),
  };
}

/** A reopened alert is to be handled within the same time again. */
function renewedTargets(now: Date) {
  return {
    acknowledgeBy: sql`coalesce(${targetFrom(now, 'acknowledge')}, ${alerts.acknowledgeBy})`,
    resolveBy: sql`coalesce(${targetFrom(now, 'resolve')}, ${alerts.resolveBy})`,
  };
}
