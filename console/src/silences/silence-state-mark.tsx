import { BellOff, CalendarClock, CircleCheck } from 'lucide-react';
import { type Look, LookBadge } from '../kit/look-badge.tsx';
import type { SilenceState } from './silence-queries.ts';

const LOOKS: Record<SilenceState, Look> = {
  active: { icon: BellOff, label: 'Active', color: 'text-accent' },
  scheduled: { icon: CalendarClock, label: 'Planned', color: 'text-text' },
  ended: { icon: CircleCheck, label: 'Ended', color: 'text-muted' },
};

/** Where a silence stands. */
export function SilenceStateMark({ state }: { state: SilenceState }) {
  return <LookBadge look={LOOKS[state]} />;
}
