import { CircleCheck, CirclePause } from 'lucide-react';
import { LookBadge } from './look-badge.tsx';

const ENABLED = { icon: CircleCheck, label: 'Enabled', color: 'text-success' };
const DISABLED = { icon: CirclePause, label: 'Disabled', color: 'text-muted' };

/** Whether something is in force. */
export function EnabledMark({ enabled }: { enabled: boolean }) {
  return <LookBadge look={enabled ? ENABLED : DISABLED} />;
}
