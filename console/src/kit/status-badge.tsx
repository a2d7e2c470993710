import { Archive, CircleCheck, CircleDot, CircleUser, ShieldHalf } from 'lucide-react';
import { type Look, LookBadge } from './look-badge.tsx';

export type Status = keyof typeof LOOKS;

const LOOKS = {
  open: { icon: CircleDot, label: 'Open', color: 'text-text' },
  acknowledged: { icon: CircleUser, label: 'Acknowledged', color: 'text-accent' },
  mitigated: { icon: ShieldHalf, label: 'Mitigated', color: 'text-accent' },
  resolved: { icon: CircleCheck, label: 'Resolved', color: 'text-success' },
  archived: { icon: Archive, label: 'Archived', color: 'text-muted' },
} satisfies Record<string, Look>;

/** Where an alert or an incident stands. */
export function StatusBadge({ status }: { status: Status }) {
  return <LookBadge look={LOOKS[status]} />;
}
