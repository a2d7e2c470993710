import type { LucideIcon } from 'lucide-react';
import { classes } from '../ui/classes.ts';

export type Look = { icon: LucideIcon; label: string; color: string };

type Props = { look: Look; strong?: boolean };

/** One of a few values by shape and word; the colour only helps. */
export function LookBadge({ look: { icon: Icon, label, color }, strong = false }: Props) {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1 align-bottom whitespace-nowrap',
        strong && 'font-medium',
        color,
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={strong ? 2.5 : 2} />
      {label}
    </span>
  );
}
