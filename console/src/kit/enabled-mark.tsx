import { CircleCheck, CirclePause } from 'lucide-react';

/** Whether something is in force, by shape and word. */
export function EnabledMark({ enabled }: { enabled: boolean }) {
  const Icon = enabled ? CircleCheck : CirclePause;
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${enabled ? 'text-success' : 'text-muted'}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {enabled ? 'Enabled' : 'Disabled'}
    </span>
  );
}
