import { and, eq, isNull, lte, ne, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { countAlerts, uncountAlerts } from '../reports/counts.ts';
import { alerts } from './table.ts';

type Miss = { id: number; target: 'acknowledge' | 'resolve' };

/**
 * The statements that mark an alert as too late for a target, if its deadline has passed and nobody answered before, with
 * its audit row and its counts. It was missed at the deadline, whenever that is noticed. Unexecuted.
 */
export function missTarget(ctx: Context, { id, target }: Miss) {
  const now = ctx.clock();
  const [isMissed, missed] =
    target === 'acknowledge'
      ? [
          and(eq(alerts.status, 'open'), lte(alerts.acknowledgeBy, now), isNull(alerts.acknowledgeBreachedAt)),
          { acknowledgeBreachedAt: sql`${alerts.acknowledgeBy}` },
        ]
      : [
          and(ne(alerts.status, 'resolved'), lte(alerts.resolveBy, now), isNull(alerts.resolveBreachedAt)),
          { resolveBreachedAt: sql`${alerts.resolveBy}` },
        ];
  const where = and(eq(alerts.id, id), isMissed);
  const set = { ...missed, version: sql`${alerts.version} + 1` };
  return [
    uncountAlerts(ctx.db, where),
    auditChange(ctx, { table: alerts, where, set, action: 'alert.miss_target', target: `alert:${id}` }),
    ctx.db.update(alerts).set(set).where(where),
    countAlerts(ctx.db, and(eq(alerts.id, id), sql`changes() > 0`)),
  ] as const;
}
