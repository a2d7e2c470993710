import { X } from 'lucide-react';
import { classes } from '../ui/classes.ts';

type Props = { tag: string; onRemove?: (() => void) | undefined; className?: string };

/** A tag, with a way to take it off where that is allowed. */
export function TagChip({ tag, onRemove, className }: Props) {
  return (
    <span
      className={classes(
        'inline-flex max-w-full shrink-0 items-center gap-1 rounded-full border border-line bg-surface px-2 text-xs leading-5',
        className,
      )}
    >
      <span className="truncate">{tag}</span>
      {onRemove && (
        <button type="button" aria-label={`Remove tag ${tag}`} onClick={onRemove} className="rounded hover:text-danger">
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  );
}
