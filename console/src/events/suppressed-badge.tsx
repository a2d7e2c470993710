import { VolumeX } from 'lucide-react';

/** Marks an event that a silence kept from raising an alert. */
export function SuppressedBadge() {
  return (
    <span className="inline-flex items-center gap-1 align-bottom whitespace-nowrap text-muted">
      <VolumeX aria-hidden className="size-4 shrink-0" />
      Suppressed
    </span>
  );
}
