import { X } from 'lucide-react';
import { readChoices } from './choices.ts';

export type Chip = { label: string; value: string | undefined; onRemove: () => void };

/** The filters that are in force, each with a way to drop it. At every width, where the facets have no room, too. */
export function FilterChips({ chips }: { chips: readonly Chip[] }) {
  return chips.map(
    ({ label, value, onRemove }) =>
      value && (
        <button
          key={label}
          type="button"
          onClick={onRemove}
          className="inline-flex h-7 max-w-full items-center gap-1 rounded-full border border-line bg-surface px-2.5 text-xs hover:bg-hover"
        >
          <span className="text-muted">{label}</span>
          <span className="truncate">{value}</span>
          <X aria-hidden className="size-3.5 shrink-0" />
          <span className="sr-only">remove</span>
        </button>
      ),
  );
}

/** `critical,high` and `-low` as people say it: "critical or high", "not low". */
export function spokenChoices(text: string | undefined): string | undefined {
  const { include, exclude } = readChoices(text);
  return [include.join(' or '), ...exclude.map((value) => `not ${value}`)].filter(Boolean).join(', ') || undefined;
}
