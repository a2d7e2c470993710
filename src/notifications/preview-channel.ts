import type { Call } from '../core/context.ts';
import type { JsonObject } from '../core/json.ts';
import { authorize } from '../identity/permissions.ts';
import type { Preview, Trial } from './channel-contract.ts';
import type { Channel } from './delivery-lease.ts';
import { emailMessage } from './email-message.ts';
import { pagerdutyEvent } from './pagerduty-event.ts';
import { samplePayload } from './sample-payload.ts';
import { slackMessage } from './slack-message.ts';
import { teamsMessage } from './teams-message.ts';
import { type Told, tell } from './told.ts';
import { webhookBody } from './webhook-body.ts';

const MESSAGES: Record<Channel['type'], (told: Told) => JsonObject> = {
  webhook: webhookBody,
  slack: slackMessage,
  teams: teamsMessage,
  pagerduty: pagerdutyEvent,
  email: emailMessage,
};

/** What a channel of this type and template would be sent of a new alert. */
export async function previewChannel({ ctx, input }: Call<Trial>): Promise<Preview> {
  authorize(ctx.actor, 'channel.manage');
  const kind = 'alert.raised';
  const payload = samplePayload(ctx, { kind, description: 'Port scan detected' });
  const told = tell({ kind, subject: 'alert:0', payload }, input.template);
  return { title: told.title, body: told.body, message: MESSAGES[input.type](told) };
}
