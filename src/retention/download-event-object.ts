import { eq } from 'drizzle-orm';
import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { log } from '../core/log.ts';
import { authorize } from '../identity/permissions.ts';
import type { EventObject } from './contract.ts';
import { eventObjects } from './table.ts';

export type Download = { object: EventObject; body: ReadableStream };

/** Opens an object of the cold store for reading. Who reads it is in the audit log before the first byte leaves. */
export async function downloadEventObject({ ctx, input }: Call<{ id: number }>): Promise<Download> {
  authorize(ctx.actor, 'event_object.read');
  const [object] = await ctx.db.select().from(eventObjects).where(eq(eventObjects.id, input.id));
  if (!object) throw new NotFoundError('object in the cold store');
  const target = `object:${object.key}`;
  await auditEvent(ctx, { action: 'retention.download', target, after: { rows: object.rows, sha256: object.sha256 } });
  const file = await ctx.evidence.get(object.key);
  if (file) return { object, body: file.body };
  log.error('an object of the cold store is lost', { object: object.id, key: object.key });
  throw new NotFoundError('object in the cold store');
}
