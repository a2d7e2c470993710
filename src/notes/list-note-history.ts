import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { Revision, RevisionQuery } from './contract.ts';
import { getNote } from './get-note.ts';
import { noteRevisions } from './table.ts';

const columns = columnsOf(alias(noteRevisions, 'scanned'));

/** A page of what a note said before its edits, newest first unless asked otherwise. */
export async function listNoteHistory({ ctx, input }: Call<RevisionQuery & { id: number }>): Promise<Page<Revision>> {
  authorize(ctx.actor, 'incident.read');
  const { id, ...query } = input;
  await getNote({ ctx, input: { id } });
  const { db } = ctx;
  const scan = await scanOf(db, { table: noteRevisions, time: noteRevisions.replacedAt, query });
  const bounds = and(eq(noteRevisions.noteId, id), scan.bounds);
  return readPage<Revision>(query, rowsById(db, { table: noteRevisions, ...scan, bounds, columns }));
}
