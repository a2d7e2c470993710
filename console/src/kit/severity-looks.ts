import { ChevronDown, ChevronsUp, ChevronUp, Equal } from 'lucide-react';
import type { Look } from './look-badge.tsx';

export type Severity = keyof typeof SEVERITY_LOOKS;

/** How each severity is drawn and called, here and in charts. */
export const SEVERITY_LOOKS = {
  critical: { icon: ChevronsUp, label: 'Critical', color: 'text-critical' },
  high: { icon: ChevronUp, label: 'High', color: 'text-high' },
  medium: { icon: Equal, label: 'Medium', color: 'text-medium' },
  low: { icon: ChevronDown, label: 'Low', color: 'text-low' },
  sev1: { icon: ChevronsUp, label: 'Sev 1', color: 'text-sev1' },
  sev2: { icon: ChevronUp, label: 'Sev 2', color: 'text-sev2' },
  sev3: { icon: Equal, label: 'Sev 3', color: 'text-sev3' },
  sev4: { icon: ChevronDown, label: 'Sev 4', color: 'text-sev4' },
} satisfies Record<string, Look>;
