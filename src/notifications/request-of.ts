import type { Context } from '../core/context.ts';
import type { JsonObject } from '../core/json.ts';
import { openTarget, type Target } from './channel-target.ts';
import type { Channel, Delivery } from './delivery-lease.ts';
import type { Outgoing } from './outcome.ts';
import { isChange, pagerdutyChange, pagerdutyEvent } from './pagerduty-event.ts';
import { slackMessage } from './slack-message.ts';
import { teamsMessage } from './teams-message.ts';
import { type Told, tell } from './told.ts';
import { webhookBody } from './webhook-body.ts';
import { signatureOf } from './webhook-secret.ts';

type Sending = { channel: Channel; delivery: Delivery };

/** The request by which a channel is told of a delivery. Throws when the channel's secrets cannot be read any more. */
export function requestOf(ctx: Context, { channel, delivery }: Sending): Outgoing {
  const target = openTarget(ctx.settings, channel);
  if (!target) throw new Error('the target of a channel cannot be read: JWT_SECRET was changed');
  const told = tell(delivery, channel.template);
  switch (target.type) {
    case 'webhook':
      return webhookRequest(ctx, { target, told, id: `msg_${delivery.id}` });
    case 'slack':
      return post(target.url, slackMessage(told));
    case 'teams':
      return post(target.url, teamsMessage(told));
    case 'pagerduty':
      return pagerdutyRequest(ctx, { routingKey: target.routingKey, told });
    case 'email':
      throw new Error('e-mail is not sent by a request to its channel');
  }
}

type Signing = { target: Extract<Target, { type: 'webhook' }>; told: Told; id: string };

/** The id is the same in each attempt, the time is that of the attempt. During a rotation both secrets sign. */
function webhookRequest({ clock }: Context, { target, told, id }: Signing): Outgoing {
  const now = clock().getTime();
  const timestamp = Math.floor(now / 1000);
  const { url, body, headers } = post(target.url, webhookBody(told));
  const { secret, previous } = target;
  const secrets = previous && previous.until > now ? [secret, previous.secret] : [secret];
  const signature = secrets.map((one) => signatureOf(one, { id, timestamp, body })).join(' ');
  const signed = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
  return { url, body, headers: { ...headers, ...signed } };
}

/** Changes are taken beside alerts: `…/v2/enqueue`, `…/v2/change/enqueue`. */
function pagerdutyRequest({ settings }: Context, { routingKey, told }: { routingKey: string; told: Told }): Outgoing {
  const key = { routing_key: routingKey };
  if (!isChange(told)) return post(settings.pagerdutyUrl, { ...key, ...pagerdutyEvent(told) });
  return post(new URL('change/enqueue', settings.pagerdutyUrl).href, { ...key, ...pagerdutyChange(told) });
}

function post(url: string, body: JsonObject): Outgoing {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': 'Edgewatch' };
  return { url, headers, body: JSON.stringify(body) };
}
