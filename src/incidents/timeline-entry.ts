import { z } from 'zod';
import { viewTime } from '../audit/contract.ts';
import type { Note } from '../notes/contract.ts';
import { type Entry, fieldValue } from './timeline-contract.ts';
import type { TimelineRow } from './timeline-rows.ts';

type Changes = Entry['changes'];

/** What a target says of the incident's part: `incident:17/note:3`. */
function partOf(target: string): { kind: string; id: number } | null {
  const [, kind, id] = target.match(/^incident:\d+\/(\w+):(\d+)$/) ?? [];
  return kind ? { kind, id: Number(id) } : null;
}

/** The id of the note that a target is about. */
export function noteOf(target: string): number | null {
  const part = partOf(target);
  return part?.kind === 'note' ? part.id : null;
}

/** An audit row as its incident's timeline tells it. `present` are the notes that are still there. */
export function toEntry(row: TimelineRow, present: Map<number, Note>): Entry {
  const part = partOf(row.target);
  const before = readState(row.before);
  const after = readState(row.after);
  const changes = part ? [] : changesBetween(before, after);
  const filename = after.filename ?? before.filename;
  return {
    id: row.id,
    timestamp: viewTime(row.timestamp),
    actor: row.actor,
    kind: part ? kindOfPart(part.kind, row.action) : kindOfChange(row.action, changes),
    action: row.action,
    changes,
    note: part?.kind === 'note' ? showNote(part.id, present.get(part.id)) : null,
    alert_id: part?.kind === 'alert' ? part.id : null,
    evidence_id: part?.kind === 'evidence' ? part.id : null,
    filename: part?.kind === 'evidence' && typeof filename === 'string' ? filename : null,
  };
}

/** What a deleted note said is for the audit log only. */
function showNote(id: number, note: Note | undefined): Entry['note'] {
  return { id, body: note?.body ?? null, edited_at: note?.editedAt?.toISOString() ?? null, deleted: !note };
}

function kindOfPart(part: string, action: string): Entry['kind'] {
  if (action === 'evidence.download') return 'download';
  return part === 'note' || part === 'alert' || part === 'evidence' ? part : 'change';
}

/** By what was changed, so that a new action finds its kind. */
function kindOfChange(action: string, changes: Changes): Entry['kind'] {
  if (action === 'incident.create' || action === 'incident.import') return 'created';
  if (action === 'incident.print') return 'printed';
  const changed = new Map(changes.map(({ field, after }) => [field, after]));
  if (changed.has('deleted_at')) return changed.get('deleted_at') ? 'deleted' : 'restored';
  if (changed.has('status')) return 'status';
  if (changed.has('archived_at')) return changed.get('archived_at') ? 'archived' : 'unarchived';
  const isAssignment = changes.length > 0 && changes.every(({ field }) => field === 'assignee' || field === 'owner');
  return isAssignment ? 'assignment' : 'change';
}

const state = z.record(z.string(), fieldValue.catch(null));
type State = z.output<typeof state>;

/** Stored JSON. Whoever writes past us can store anything: what is no state is shown as none. */
function readState(text: string | null): State {
  try {
    return state.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

// They change with everything.
const BOOKKEEPING = new Set(['version', 'updated_at']);

/** The fields that differ; a form also sends those that it leaves alone. */
function changesBetween(before: State, after: State): Changes {
  const fields = Object.keys({ ...before, ...after }).filter((field) => !BOOKKEEPING.has(field));
  const pairs = fields.map((field) => ({ field, before: show(field, before), after: show(field, after) }));
  return pairs.filter((pair) => JSON.stringify(pair.before) !== JSON.stringify(pair.after));
}

/** Times are stored in milliseconds, under names that say so. */
function show(field: string, { [field]: value = null }: State): Changes[number]['before'] {
  return typeof value === 'number' && field.endsWith('_at') ? viewTime(value) : value;
}
