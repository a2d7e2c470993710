import { classes } from '../ui/classes.ts';
import type { IncidentSearch } from './incident-search.ts';

type Shelf = IncidentSearch['shelf'];

const SHELVES: [Shelf, string][] = [
  [undefined, 'At work'],
  ['archived', 'Archived'],
  ['deleted', 'Deleted'],
];

/** Which incidents the list shows: those at work, the archive, or what was deleted. */
export function ShelfChoice({ shelf, onChange }: { shelf: Shelf; onChange: (shelf: Shelf) => void }) {
  return (
    <fieldset className="inline-flex gap-0.5 rounded-md border border-line p-0.5">
      <legend className="sr-only">Shelf</legend>
      {SHELVES.map(([value, label]) => (
        <button
          key={label}
          type="button"
          aria-pressed={shelf === value}
          onClick={() => onChange(value)}
          className={classes(
            'h-6 rounded px-2 text-xs font-medium',
            shelf === value ? 'bg-chosen' : 'text-muted hover:text-text',
          )}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
