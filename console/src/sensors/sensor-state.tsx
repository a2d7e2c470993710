import { CircleCheck, CirclePause, CircleSlash, type LucideIcon, VolumeX } from 'lucide-react';
import type { Sensor } from './sensor-queries.ts';

type Look = { label: string; icon: LucideIcon; color: string };

/** How a sensor stands, by shape and word. */
export function SensorState({ sensor }: { sensor: Sensor }) {
  const { label, icon: Icon, color } = lookOf(sensor);
  return (
    <span className={`inline-flex items-center gap-1 align-bottom whitespace-nowrap ${color}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {label}
    </span>
  );
}

function lookOf({ key_prefix, enabled, silent }: Sensor): Look {
  if (key_prefix === null) return { label: 'Revoked', icon: CircleSlash, color: 'text-muted' };
  if (!enabled) return { label: 'Paused', icon: CirclePause, color: 'text-medium' };
  if (silent) return { label: 'Silent', icon: VolumeX, color: 'text-danger' };
  return { label: 'Enabled', icon: CircleCheck, color: 'text-success' };
}
