import { and, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import { getIncident } from '../incidents/get-incident.ts';
import type { Note, NoteQuery } from './contract.ts';
import { notes } from './table.ts';

/** A page of the notes of an incident, newest first unless asked otherwise, along its index. */
export async function listNotes({ ctx, input }: Call<NoteQuery & { incidentId: number }>): Promise<Page<Note>> {
  authorize(ctx.actor, 'incident.read');
  const { incidentId, ...query } = input;
  await getIncident({ ctx, input: { id: incidentId } });
  const scan = await scanOf(ctx.db, { table: notes, time: notes.createdAt, query });
  const where = and(eq(notes.incidentId, incidentId), scan.bounds);
  return readPage<Note>(
    query,
    scannedRows(ctx.db, {
      scan: (window) => ctx.db.select().from(notes).where(where).orderBy(scan.order).limit(window).as('scanned'),
      tests: () => undefined,
    }),
  );
}
