import type { Call, Context } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import type { Page } from '../db/page.ts';
import { authorize } from '../identity/permissions.ts';
import { notes } from '../notes/table.ts';
import { getIncident } from './get-incident.ts';
import type { Entry, TimelineQuery } from './timeline-contract.ts';
import { noteOf, toEntry } from './timeline-entry.ts';
import { readTimelineRows, type TimelineRow } from './timeline-rows.ts';

/** A page of what happened to an incident and its parts, oldest first unless asked otherwise. */
export async function listTimeline({ ctx, input }: Call<TimelineQuery & { id: number }>): Promise<Page<Entry>> {
  authorize(ctx.actor, 'incident.read');
  const { id, limit, cursor, sort_order } = input;
  await getIncident({ ctx, input: { id } });
  const found = await readTimelineRows(ctx.db, { incidentId: id, cursor, sort_order, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const present = await presentNotes(ctx, rows);
  return {
    rows: rows.map((row) => toEntry(row, present)),
    nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    page: null,
    total: null,
    totalExact: null,
  };
}

/** Those of the notes that these rows are about which are still there, by id. */
async function presentNotes({ db }: Context, rows: TimelineRow[]) {
  const ids = rows.flatMap(({ target }) => noteOf(target) ?? []);
  if (ids.length === 0) return new Map();
  const present = await db.select().from(notes).where(inList(notes.id, ids));
  return new Map(present.map((note) => [note.id, note]));
}
