import { sql } from 'drizzle-orm';
import { escalationPolicies } from '../escalation/table.ts';
import { maintenanceWindows, silences } from '../silences/table.ts';
import { channels, deliveries } from './table.ts';

/**
 * SQL for the id of a new channel. SQLite would give the id of the last one again after that was deleted; here an id that
 * a delivery, policy, silence or window still names is given to nobody else, who would be told what is not meant for them.
 */
export const nextChannelId = sql`(SELECT 1 + max(
  coalesce((SELECT max(${channels.id}) FROM ${channels}), 0),
  coalesce((SELECT max(${deliveries.channelId}) FROM ${deliveries}), 0),
  coalesce((SELECT max(named.value) FROM ${escalationPolicies}, json_each(${escalationPolicies.steps}) AS step,
    json_each(step.value, '$.channelIds') AS named), 0),
  coalesce((SELECT max(named.value) FROM ${silences}, json_each(${silences.announceTo}) AS named
    WHERE announced_at IS NULL), 0),
  coalesce((SELECT max(named.value) FROM ${maintenanceWindows}, json_each(${maintenanceWindows.announceTo}) AS named), 0)
))`;
