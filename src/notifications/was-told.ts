import { and, eq, gte, type SQL, sql } from 'drizzle-orm';
import { channels, deliveries } from './table.ts';

/** SQL for the channels that were notified of something since a time, as the condition of another notification of it. */
export function wasTold({ subject, since }: { subject: string; since: Date }): SQL {
  return sql`${channels.id} IN (SELECT ${deliveries.channelId} FROM ${deliveries}
    WHERE ${and(eq(deliveries.subject, subject), gte(deliveries.createdAt, since))})`;
}
