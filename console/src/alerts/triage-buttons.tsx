import { CircleCheck, CircleUser, type LucideIcon, Siren, UserRound } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Key } from '../ui/key.tsx';
import type { Triage } from './use-triage.ts';

/** What can be done, by pointer; each names its key. */
export function TriageButtons({ triage: { may, acts } }: { triage: Triage }) {
  if (!may) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      <Act icon={CircleUser} label="Acknowledge" keys="e" run={acts.acknowledge} />
      <Act icon={CircleCheck} label="Resolve" keys="r" run={acts.resolve} />
      <Act icon={UserRound} label="Assign" keys="a" run={acts.assign} />
      <Act icon={Siren} label="Incident" keys="i" run={acts.promote} />
    </div>
  );
}

type ActProps = { icon: LucideIcon; label: string; keys: string; run: () => void };

function Act({ icon: Icon, label, keys, run }: ActProps) {
  return (
    <Button size="small" onClick={run}>
      <Icon aria-hidden className="size-4" />
      {label}
      <span aria-hidden className="max-md:hidden">
        <Key keys={keys} />
      </span>
    </Button>
  );
}
