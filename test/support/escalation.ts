import { env } from 'cloudflare:workers';
import type { Context } from '../../src/core/context.ts';
import { database } from '../../src/db/client.ts';
import { advanceEscalations } from '../../src/escalation/advance-escalations.ts';
import type { Message } from '../../src/queue/messages.ts';
import type { Delay } from '../../src/queue/send.ts';
import { call, expectStatus } from './client.ts';
import { contextAt } from './operations.ts';

type Fields = Record<string, unknown>;

const POLICIES = '/api/v1/escalation-policies';

/** Adds a policy and answers it. */
export async function policed(token: string, fields: Fields = {}) {
  const body = { name: 'On call', ...fields };
  return expectStatus(await call('POST', POLICIES, { token, body }), 201);
}

/** A matcher of what comes from a source. */
export const from = (source: string) => [{ field: 'source', op: 'eq', value: source }];

/** A step of a policy. */
export const step = (after_seconds: number, ...channel_ids: number[]) => ({ after_seconds, channel_ids });

type Sent = { ids: number[]; delaySeconds: number | undefined };

/** A context of the system at a time, over this database; `sent` is what was asked of the queue about escalations. */
export function systemAt(time: number, db: D1Database = env.DB): Context & { sent: Sent[] } {
  const sent: Sent[] = [];
  const enqueue = (message: Message, delay?: Delay) => {
    if (message.type === 'escalate') sent.push({ ids: message.alert_ids, delaySeconds: delay?.delaySeconds });
  };
  return { ...contextAt(new Date(time)), db: database(db), enqueue, sent };
}

/** Advances an escalation at a time until nothing is due, as the messages that it sends to itself do. */
export async function advanceAt(time: number, alertId: number, db?: D1Database): Promise<Sent[]> {
  for (;;) {
    const ctx = systemAt(time, db);
    await advanceEscalations({ ctx, input: { alertIds: [alertId] } });
    if (!ctx.sent.some(({ delaySeconds }) => delaySeconds === 0)) return ctx.sent;
  }
}

/** What was told of an alert, oldest first: `alert.escalated 2.1 to 3` is the second step of the first round. */
export async function toldOf(alertId: number): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT kind || coalesce(' ' || (payload -> 'escalation' ->> 'step') || '.' || (payload -> 'escalation' ->> 'round'),
       coalesce(' ' || (payload ->> 'target'), '')) || ' to ' || channel_id AS told
     FROM deliveries WHERE subject = ? ORDER BY id`,
  )
    .bind(`alert:${alertId}`)
    .all<{ told: string }>();
  return results.map(({ told }) => told);
}

/** The row of an escalation. */
export async function escalationRow(alertId: number) {
  return env.DB.prepare('SELECT * FROM escalations WHERE alert_id = ?').bind(alertId).first();
}

/** The escalation of an alert as people see it. */
export async function escalationOf(token: string, alertId: number) {
  return expectStatus(await call('GET', `/api/v1/alerts/${alertId}/escalation`, { token }), 200);
}
