import { CircleCheck, CirclePause, CircleSlash, VolumeX } from 'lucide-react';
import { type Look, LookBadge } from '../kit/look-badge.tsx';
import type { Sensor } from './sensor-queries.ts';

/** How a sensor stands. */
export function SensorState({ sensor }: { sensor: Sensor }) {
  return <LookBadge look={lookOf(sensor)} />;
}

function lookOf({ key_prefix, enabled, silent }: Sensor): Look {
  if (key_prefix === null) return { label: 'Revoked', icon: CircleSlash, color: 'text-muted' };
  if (!enabled) return { label: 'Paused', icon: CirclePause, color: 'text-medium' };
  if (silent) return { label: 'Silent', icon: VolumeX, color: 'text-danger' };
  return { label: 'Enabled', icon: CircleCheck, color: 'text-success' };
}
