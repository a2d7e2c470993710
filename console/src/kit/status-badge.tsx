import { Archive, CircleCheck, CircleDot, CircleUser, type LucideIcon, ShieldHalf } from 'lucide-react';

export type Status = keyof typeof LOOKS;

const LOOKS = {
  open: { icon: CircleDot, label: 'Open', color: 'text-text' },
  acknowledged: { icon: CircleUser, label: 'Acknowledged', color: 'text-accent' },
  mitigated: { icon: ShieldHalf, label: 'Mitigated', color: 'text-accent' },
  resolved: { icon: CircleCheck, label: 'Resolved', color: 'text-success' },
  archived: { icon: Archive, label: 'Archived', color: 'text-muted' },
} satisfies Record<string, { icon: LucideIcon; label: string; color: string }>;

/** Where an alert or an incident stands, by shape and word. */
export function StatusBadge({ status }: { status: Status }) {
  const { icon: Icon, label, color } = LOOKS[status];
  return (
    <span className={`inline-flex items-center gap-1 align-bottom whitespace-nowrap ${color}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {label}
    </span>
  );
}
