import { and, not, type SQL, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import type { Db } from '../db/client.ts';
import { inList } from '../db/in-list.ts';
import { enqueueEscalations } from '../escalation/start-escalations.ts';
import { wakeEscalations } from '../escalation/wake-escalations.ts';
import { countAlerts, uncountAlerts } from '../reports/counts.ts';
import type { AlertRule } from './change-alert.ts';
import type { Alert } from './contract.ts';
import { alerts } from './table.ts';

type Changes = {
  /** The alerts that are meant, whether the rule holds for them or not. */
  among: SQL | undefined;
  rule: Pick<AlertRule, 'action' | 'where' | 'set'>;
  /** Of their audit rows; `alert:<id>` unless said otherwise. */
  target?: SQL;
};

/** What became of one of many alerts. */
export type Outcome = { id: number; outcome: 'done' | 'conflict' | 'not_found'; detail?: string };

/** Changes those of these alerts for which the rule holds, with their audit rows, counts and escalations: one batch. */
export async function changeAlerts(ctx: Context, { ids, rule }: { ids: number[]; rule: AlertRule }) {
  const among = inList(alerts.id, ids);
  const [refused, , , changed, , woken] = await ctx.db.batch([
    selectRefused(ctx.db, { among, rule }),
    uncountAlerts(ctx.db, among),
    ...alertChanges(ctx, { among, rule }),
    countAlerts(ctx.db, among),
    wakeEscalations(ctx, among),
  ]);
  enqueueEscalations(ctx, woken);
  return outcomesOf(ids, { changed, refused, rule });
}

/** The statements that change those among these alerts for which the rule holds, with an audit row each. Unexecuted. */
export function alertChanges(ctx: Context, { among, rule, target = sql`'alert:' || ${alerts.id}` }: Changes) {
  const set = { ...rule.set, version: sql`${alerts.version} + 1` };
  const where = and(among, isTrue(rule));
  return [
    auditChange(ctx, { table: alerts, where, set, action: rule.action, target }),
    ctx.db.update(alerts).set(set).where(where).returning({ id: alerts.id }),
  ] as const;
}

/** The statement that reads those among these alerts for which the rule does not hold, to stand before them. Unexecuted. */
export function selectRefused(db: Db, { among, rule }: Changes) {
  return db
    .select()
    .from(alerts)
    .where(and(among, not(isTrue(rule))));
}

/** Whether the rule holds for an alert, as no index answers it: SQLite would rather read all open ones than those meant. */
function isTrue({ where }: Pick<AlertRule, 'where'>): SQL {
  return sql`((${where}) IS TRUE)`;
}

/** What a batch of changes answers: which were changed, and those for which the rule did not hold. */
export type Answers = { changed: { id: number }[]; refused: Alert[]; rule: AlertRule };

/** What became of each of these alerts, in their order. */
export function outcomesOf(ids: number[], { changed, refused, rule }: Answers): Outcome[] {
  const done = new Set(changed.map(({ id }) => id));
  const refusals = new Map(refused.map((alert) => [alert.id, rule.refusal(alert)]));
  return ids.map((id) => {
    if (done.has(id)) return { id, outcome: 'done' };
    const detail = refusals.get(id);
    return detail ? { id, outcome: 'conflict', detail } : { id, outcome: 'not_found' };
  });
}
