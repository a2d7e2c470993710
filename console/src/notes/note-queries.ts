import type { InfiniteData } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';
import { Store } from '../core/store.ts';
import { withRow } from '../kit/use-cursor-list.ts';

export type Note = Schemas['Note'];

type Pages = InfiniteData<Schemas['NotePage'], string | undefined>;
type Place = { cursor: string | undefined; signal: AbortSignal };

const PAGE_ROWS = 50;

export const notesKey = (incidentId: number) => ['incident', incidentId, 'notes'] as const;

export function loadNotes(id: number, { cursor, signal }: Place) {
  const params = { path: { id }, query: { limit: PAGE_ROWS, cursor } };
  return answerOf(client.GET('/incidents/{id}/notes', { params, signal }));
}

/** Puts a note in its place in the list, or a new one before all others. */
export function keepNote(note: Note): void {
  change(note, (pages) => {
    const isThere = pages.pages.some(({ data }) => data.some(({ id }) => id === note.id));
    const [first, ...others] = pages.pages;
    if (isThere || !first) return withRow(pages, note) as Pages;
    return { ...pages, pages: [{ ...first, data: [note, ...first.data] }, ...others] };
  });
}

/** Notes that are deleted on the screen and not yet at the API: whatever is read meanwhile still has them. */
export const leavingNotes = new Store<ReadonlySet<number>>(new Set());

/** Takes a note from the screen, and answers how to bring it back. */
export function hideNote(note: Note): () => void {
  leavingNotes.set(new Set([...leavingNotes.get(), note.id]));
  return () => showNote(note);
}

function showNote({ id }: Note): void {
  leavingNotes.set(new Set([...leavingNotes.get()].filter((other) => other !== id)));
}

/** Takes a note that is no more from the list. Its id may be that of another one later. */
export function dropNote(note: Note): void {
  void queryClient.cancelQueries({ queryKey: notesKey(note.incident_id) });
  change(note, (pages) => ({
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, data: page.data.filter(({ id }) => id !== note.id) })),
  }));
  showNote(note);
}

/** The timeline shows notes as they are now. */
export function refreshTimeline(incidentId: number): void {
  void queryClient.resetQueries({ queryKey: ['incident', incidentId, 'timeline'] });
}

function change({ incident_id }: Note, changed: (pages: Pages) => Pages): void {
  queryClient.setQueryData<Pages>(notesKey(incident_id), (pages) => pages && changed(pages));
}
