import { and, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import type { Revision, RevisionQuery } from './contract.ts';
import { getNote } from './get-note.ts';
import { noteRevisions } from './table.ts';

/** A page of what a note said before its edits, newest first unless asked otherwise. */
export async function listNoteHistory({ ctx, input }: Call<RevisionQuery & { id: number }>): Promise<Page<Revision>> {
  authorize(ctx.actor, 'incident.read');
  const { id, ...query } = input;
  await getNote({ ctx, input: { id } });
  const { db } = ctx;
  const scan = await scanOf(db, { table: noteRevisions, time: noteRevisions.replacedAt, query });
  const where = and(eq(noteRevisions.noteId, id), scan.bounds);
  return readPage<Revision>(
    query,
    scannedRows(db, {
      scan: (window) => db.select().from(noteRevisions).where(where).orderBy(scan.order).limit(window).as('scanned'),
      tests: () => undefined,
    }),
  );
}
