import { and, between, eq, type SQL, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import { auditRows } from '../audit/table.ts';
import type { Call, Context } from '../core/context.ts';
import { log } from '../core/log.ts';
import { selectInto } from '../db/select-into.ts';
import { isShown, removeMoved } from '../events/remove-moved.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { holdsLease, releaseLease, takeLease } from './lease.ts';
import { movedTo } from './moved.ts';
import { type Chunk, isAnyDue, readChunk } from './read-chunk.ts';
import { type ColdObject, storeChunk } from './store-chunk.ts';
import { eventObjects } from './table.ts';

// A run that finds more leaves it to the next one: 300,000 events every five minutes, by some 750 of the 1,000 queries
// that D1 allows to an invocation.
const MAX_OBJECTS = 30;
const MAX_MS = 4 * 60_000;

/**
 * Moves the events of days that are older than the retention into Parquet objects in R2, oldest first, one object after
 * the other: written, read back, and only then deleted here, in the batch that writes the object into the manifest.
 * The events that alerts show are copied and stay. A run that dies anywhere leaves every event where it was, and the next one
 * writes the same object again. Returns how many events went into objects.
 */
export async function moveToColdStore({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'retention.move');
  if (ctx.settings.eventRetentionDays === 0 || !(await isAnyDue(ctx)) || !(await takeLease(ctx))) return 0;
  try {
    return await moveChunks(ctx);
  } finally {
    await releaseLease(ctx);
  }
}

async function moveChunks(ctx: Context): Promise<number> {
  const end = ctx.clock().getTime() + MAX_MS;
  let moved = 0;
  for (let objects = 0; objects < MAX_OBJECTS && ctx.clock().getTime() < end; objects++) {
    const chunk = await readChunk(ctx);
    if (!chunk) break;
    const object = await storeChunk(ctx, chunk);
    if (!(await settle(ctx, { chunk, object }))) {
      log.info('events changed while they were moved; the next run moves them', { key: object.key });
      break;
    }
    moved += chunk.rows.length;
  }
  if (moved > 0) log.info('events were moved to the cold store', { moved });
  return moved;
}

/** Writes an object into the manifest and deletes its events, provided that they still are as they were read. */
async function settle(ctx: Context, { chunk, object }: { chunk: Chunk; object: ColdObject }): Promise<boolean> {
  const { day, firstId, lastId } = chunk;
  const rows = chunk.rows.length;
  const isKept = and(between(events.id, firstId, lastId), isShown);
  const kept = sql`(SELECT count(*) FROM ${events} WHERE ${isKept})`;
  const values = { ...object, day, firstId, lastId, rows, kept, movedAt: ctx.clock().getTime() };
  const asRead = and(holdsLease(ctx), eq(movedTo(), firstId - 1), isUnchanged(chunk));
  const after = { first_id: firstId, last_id: lastId, rows, bytes: object.bytes, sha256: object.sha256 };
  const [inserted] = await ctx.db.batch([
    ctx.db.insert(eventObjects).select(selectInto(eventObjects, { values, from: sql`WHERE ${asRead}` })),
    auditInsert(ctx, { action: 'retention.move', target: `object:${object.key}`, after }),
    removeMoved(ctx.db, { firstId, lastId }),
  ]);
  return inserted.meta.changes > 0;
}

/**
 * SQL for whether nobody changed or deleted an event of the chunk since it was read. Every change writes its audit row
 * in its own batch, so the log knows; a deleted alert is taken for a change whatever its event.
 */
function isUnchanged({ firstId, lastId, auditedTo }: Chunk): SQL {
  const { id, action, target } = auditRows;
  return sql`NOT EXISTS (
    SELECT 1 FROM ${auditRows} WHERE ${id} > ${auditedTo} AND (${action} = 'alert.delete' OR (
      ${target} LIKE 'event:%' AND CAST(substr(${target}, 7) AS INTEGER) BETWEEN ${firstId} AND ${lastId})))`;
}
