import { eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Context } from '../core/context.ts';
import { NotFoundError, TooLargeError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { requirePerson } from '../identity/require-person.ts';
import { presentIncident } from '../incidents/get-incident.ts';
import { incidents } from '../incidents/table.ts';
import type { Evidence } from './contract.ts';
import { evidence } from './table.ts';

type Wanted = { incidentId: number; filename: string; reserved: number };

/**
 * Stores the row of a file that is about to come, provided that its incident is there and that it fits into both quotas.
 * What is reserved counts until the upload is over, so that uploads at the same time cannot exceed a quota together.
 */
export async function reserveEvidence(ctx: Context, { incidentId, filename, reserved }: Wanted): Promise<Evidence> {
  const { username } = requirePerson(ctx);
  const { incidentBytes, userBytes } = ctx.settings.evidence;
  const now = ctx.clock().getTime();
  const ofIncident = bytesWhere(evidence.incidentId, incidentId);
  const ofPerson = bytesWhere(evidence.uploadedBy, username);
  const fits = sql`${ofIncident} + ${reserved} <= ${incidentBytes} AND ${ofPerson} + ${reserved} <= ${userBytes}`;
  const values = {
    incidentId,
    key: `evidence/${crypto.randomUUID()}`,
    state: 'uploading',
    filename,
    mediaType: 'application/octet-stream',
    size: reserved,
    uploadedBy: username,
    createdAt: now,
    stateSince: now,
  };
  const from = sql`FROM ${incidents} WHERE ${presentIncident(incidentId)} AND ${fits}`;
  const [[row], [used]] = await ctx.db.batch([
    ctx.db.insert(evidence).select(selectInto(evidence, { values, from })).returning(),
    ctx.db.select({ ofIncident }).from(incidents).where(presentIncident(incidentId)),
  ]);
  if (row) return row;
  if (!used) throw new NotFoundError('incident');
  throw used.ofIncident + reserved > incidentBytes
    ? new TooLargeError(`The files of an incident may have at most ${incidentBytes} bytes together.`)
    : new TooLargeError(`The files that a person uploads may have at most ${userBytes} bytes together.`);
}

/** SQL for the bytes of the files with this value in this column, whatever their state. */
function bytesWhere(column: SQLiteColumn, value: string | number): SQL<number> {
  return sql<number>`(SELECT coalesce(sum(${evidence.size}), 0) FROM ${evidence} WHERE ${eq(column, value)})`;
}
