import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import { getIncident } from '../incidents/get-incident.ts';
import type { Note, NoteQuery } from './contract.ts';
import { notes } from './table.ts';

const columns = columnsOf(alias(notes, 'scanned'));

/** A page of the notes of an incident, newest first unless asked otherwise, along its index. */
export async function listNotes({ ctx, input }: Call<NoteQuery & { incidentId: number }>): Promise<Page<Note>> {
  authorize(ctx.actor, 'incident.read');
  const { incidentId, ...query } = input;
  await getIncident({ ctx, input: { id: incidentId } });
  const scan = await scanOf(ctx.db, { table: notes, time: notes.createdAt, query });
  const bounds = and(eq(notes.incidentId, incidentId), scan.bounds);
  return readPage<Note>(query, rowsById(ctx.db, { table: notes, ...scan, bounds, columns }));
}
