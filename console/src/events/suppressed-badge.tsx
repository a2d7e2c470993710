import { VolumeX } from 'lucide-react';
import { LookBadge } from '../kit/look-badge.tsx';

const LOOK = { icon: VolumeX, label: 'Suppressed', color: 'text-muted' };

/** Marks an event that a silence kept from raising an alert. */
export function SuppressedBadge() {
  return <LookBadge look={LOOK} />;
}
