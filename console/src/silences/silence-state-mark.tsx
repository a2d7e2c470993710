import { BellOff, CalendarClock, CircleCheck } from 'lucide-react';
import type { SilenceState } from './silence-queries.ts';

const LOOKS = {
  active: { icon: BellOff, label: 'Active', color: 'text-accent' },
  scheduled: { icon: CalendarClock, label: 'Planned', color: 'text-text' },
  ended: { icon: CircleCheck, label: 'Ended', color: 'text-muted' },
};

/** Where a silence stands, by shape and word. */
export function SilenceStateMark({ state }: { state: SilenceState }) {
  const { icon: Icon, label, color } = LOOKS[state];
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${color}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {label}
    </span>
  );
}
