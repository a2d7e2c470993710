import { ChevronDown, ChevronsUp, ChevronUp, Equal, type LucideIcon } from 'lucide-react';

export type Severity = keyof typeof LOOKS;

const LOOKS = {
  critical: { icon: ChevronsUp, label: 'Critical', color: 'text-critical' },
  high: { icon: ChevronUp, label: 'High', color: 'text-high' },
  medium: { icon: Equal, label: 'Medium', color: 'text-medium' },
  low: { icon: ChevronDown, label: 'Low', color: 'text-low' },
  sev1: { icon: ChevronsUp, label: 'Sev 1', color: 'text-sev1' },
  sev2: { icon: ChevronUp, label: 'Sev 2', color: 'text-sev2' },
  sev3: { icon: Equal, label: 'Sev 3', color: 'text-sev3' },
  sev4: { icon: ChevronDown, label: 'Sev 4', color: 'text-sev4' },
} satisfies Record<string, { icon: LucideIcon; label: string; color: string }>;

/** A severity by shape and word; the colour only helps. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const { icon: Icon, label, color } = LOOKS[severity];
  return (
    <span className={`inline-flex items-center gap-1 align-bottom font-medium whitespace-nowrap ${color}`}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={2.5} />
      {label}
    </span>
  );
}
