import { Link } from '@tanstack/react-router';
import {
  Archive,
  Bell,
  CircleDot,
  Download,
  FilePlus,
  Flame,
  type LucideIcon,
  Pencil,
  Printer,
  RotateCcw,
  StickyNote,
  Trash2,
  UserPen,
} from 'lucide-react';
import type { Schemas } from '../api/schema.ts';
import { actorName } from '../kit/actor-name.ts';
import { Markdown } from '../kit/markdown.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { changeText, deedOf } from './timeline-text.ts';

type Entry = Schemas['TimelineEntry'];

const ICONS: Record<Entry['kind'], LucideIcon> = {
  created: Flame,
  status: CircleDot,
  assignment: UserPen,
  change: Pencil,
  archived: Archive,
  unarchived: Archive,
  deleted: Trash2,
  restored: RotateCcw,
  note: StickyNote,
  alert: Bell,
  evidence: FilePlus,
  download: Download,
  printed: Printer,
};

/** One thing that happened to an incident: who did what, when, and what it changed. */
export function TimelineEntry({ entry }: { entry: Entry }) {
  const { actor, kind, timestamp, changes, note, alert_id, filename } = entry;
  const Icon = ICONS[kind];
  // When it was opened, every field was new.
  const told = kind === 'created' ? [] : changes;
  return (
    <li className="flex gap-3">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 space-y-1">
        <p className="break-words">
          <span className="font-medium">{actorName(actor)}</span> {deedOf(entry)}{' '}
          {alert_id !== null && (
            <Link to="/alerts/$id" params={{ id: String(alert_id) }} className="text-accent underline">
              alert {alert_id}
            </Link>
          )}
          {filename}
          <TimeText time={timestamp} className="ml-2 text-xs text-muted" />
        </p>
        {told.length > 0 && (
          <ul className="text-muted">
            {told.map((change) => (
              <li key={change.field} className="break-words">
                {changeText(change)}
              </li>
            ))}
          </ul>
        )}
        {note?.body && (
          <div className="rounded-md border border-line px-3 py-2">
            <Markdown text={note.body} />
          </div>
        )}
      </div>
    </li>
  );
}
