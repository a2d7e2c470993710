import type { SQL } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import type { JsonObject } from '../core/json.ts';
import { pageUrl } from '../notifications/page-url.ts';
import type { NOTIFICATION_KINDS } from '../notifications/table.ts';
import { wasTold } from '../notifications/was-told.ts';
import type { Action, StepAction } from './next-action.ts';
import type { Escalating } from './read-escalations.ts';

type Deciding = { escalating: Escalating; action: Action };

const ANNOUNCED = {
  open: 'alert.reopened',
  acknowledged: 'alert.acknowledged',
  resolved: 'alert.resolved',
} as const;

/** What is told of an action and to whom: a step to its channels, the rest to all that were told of the alert so far. */
export function notificationOf(ctx: Context, { escalating, action }: Deciding) {
  const { alert } = escalating;
  const subject = `alert:${alert.id}`;
  const kind = kindOf(action);
  const isStep = action.type === 'step';
  const where: SQL | undefined = isStep ? undefined : wasTold({ subject, since: alert.createdAt });
  return {
    kind,
    subject,
    key: `${subject}/${keyOf(ctx, { escalating, action })}`,
    payload: { kind, ...payloadOf(ctx, { escalating, action }) },
    channelIds: isStep ? action.channelIds : null,
    where,
  };
}

/** The first step tells of the alert, those after it that nobody has acknowledged it yet. */
export function kindOf(action: Action): (typeof NOTIFICATION_KINDS)[number] {
  if (action.type === 'announce') return ANNOUNCED[action.status];
  if (action.type === 'miss') return 'alert.target_missed';
  return isFirst(action) ? 'alert.raised' : 'alert.escalated';
}

const isFirst = ({ step, round }: StepAction) => step === 0 && round === 0;

/** Ids of alerts are given again and alerts are reopened, so a key holds a time. */
function keyOf({ clock }: Context, { escalating, action }: Deciding): string {
  const { escalation } = escalating;
  if (action.type === 'announce') return `${action.status}/${clock().toISOString()}`;
  if (action.type === 'miss') return `missed:${action.target}/${action.deadline.toISOString()}`;
  return `round:${action.round + 1}/step:${action.step + 1}/${escalation.startedAt.toISOString()}`;
}

function payloadOf(ctx: Context, { escalating, action }: Deciding): JsonObject {
  const { alert, policy } = escalating;
  const place = action.type === 'step' ? { step: action.step + 1, round: action.round + 1 } : {};
  return {
    at: ctx.clock().toISOString(),
    url: pageUrl(ctx.settings, `alerts/${alert.id}`),
    alert: alertOf(escalating),
    ...(policy && { escalation: { policy: policy.name, ...place } }),
    ...(action.type === 'miss' && { target: action.target }),
  };
}

function alertOf({ alert, event }: Escalating): JsonObject {
  return {
    id: alert.id,
    severity: alert.severity,
    status: alert.status,
    verdict: alert.verdict,
    source: event.source,
    event_type: event.eventType,
    description: event.description,
    dedup_key: alert.dedupKey,
    event_count: alert.eventCount,
    first_seen: alert.firstSeen.toISOString(),
    last_seen: alert.lastSeen.toISOString(),
    assignee: alert.assignee,
    acknowledged_by: alert.acknowledgedBy,
    resolved_by: alert.resolvedBy,
  };
}
