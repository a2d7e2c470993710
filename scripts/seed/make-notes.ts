import { type noteRevisions, notes } from '../../src/notes/table.ts';
import { columnsOf } from './columns.ts';
import { fill } from './fill.ts';
import type { Entry } from './history.ts';
import { NOTES } from './incident-scenes.ts';
import type { Incident } from './make-incidents.ts';
import type { Team } from './people.ts';
import { HOUR, MINUTE, type Period } from './period.ts';
import type { Random } from './random.ts';

type Note = typeof notes.$inferSelect;
type Revision = Omit<typeof noteRevisions.$inferSelect, 'id'>;
type Plan = { incidents: Incident[]; team: Team; period: Period; firstId: number };

const MAX_NOTES = 8;
/** People stop writing soon after it is over, and of what is not over they do not write for ever. */
const WRITTEN_WITHIN = 72 * HOUR;

/** What people wrote on the incidents, in the order of ids and of time, with what it said before, and the log. */
export function makeNotes(random: Random, { incidents, team, period, firstId }: Plan) {
  const drafts = incidents.flatMap((incident) => draftsOf(random, { incident, team, period }));
  const written = drafts
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .map((draft, index): Note => ({ id: firstId + index, ...draft }));
  const rows: Note[] = [];
  const revisions: Revision[] = [];
  const log: Entry[] = [];
  for (const note of written) {
    log.push(creation(note));
    if (!random.chance(0.15)) {
      rows.push(note);
      continue;
    }
    const editedAt = new Date(note.createdAt.getTime() + random.between(1, 15) * MINUTE);
    const body = `${note.body}\n\n*Added:* ${fill(random, random.pick(NOTES)).text}`;
    rows.push({ ...note, body, editedAt });
    revisions.push({ noteId: note.id, body: note.body, writtenAt: note.createdAt, replacedAt: editedAt });
    log.push(edit(note, { body, editedAt }));
  }
  return { rows, revisions, log };
}

type Draft = Omit<Note, 'id'>;

function draftsOf(
  random: Random,
  { incident, team, period }: { incident: Incident; team: Team; period: Period },
): Draft[] {
  const from = incident.createdAt.getTime() + MINUTE;
  const until = incident.deletedAt ?? incident.resolvedAt;
  const to = Math.min(until ? until.getTime() : period.to, from + WRITTEN_WITHIN) - 20 * MINUTE;
  const count = to > from ? random.between(0, MAX_NOTES) : 0;
  return Array.from({ length: count }, () => ({
    incidentId: incident.id,
    author: random.pick([...team.triagers, ...team.members, incident.owner]),
    body: fill(random, random.pick(NOTES)).text,
    createdAt: new Date(random.between(from, to)),
    editedAt: null,
  }));
}

const told = ({ incidentId, id, author }: Note) => ({
  actor: `user:${author}`,
  target: `incident:${incidentId}/note:${id}`,
});

function creation(note: Note): Entry {
  return { ...told(note), at: note.createdAt.getTime(), action: 'note.create', after: { body: note.body } };
}

function edit(note: Note, after: { body: string; editedAt: Date }): Entry {
  const before = columnsOf(notes, { body: note.body, editedAt: note.editedAt });
  return { ...told(note), at: after.editedAt.getTime(), action: 'note.edit', before, after: columnsOf(notes, after) };
}
