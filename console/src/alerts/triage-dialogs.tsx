import { Suspense } from 'react';
import { lazyPart } from '../ui/lazy-part.ts';
import { ResolveDialog } from './resolve-dialog.tsx';
import { named } from './targets.ts';
import type { Triage } from './use-triage.ts';

const AssignDialog = lazyPart(() => import('./assign-dialog.tsx'), 'AssignDialog');
const IncidentDialog = lazyPart(() => import('./incident-dialog.tsx'), 'IncidentDialog');

/** The question that an action asks before it can be done, if one is asked. */
export function TriageDialogs({ triage }: { triage: Triage }) {
  return (
    <Suspense>
      <Asked triage={triage} />
    </Suspense>
  );
}

function Asked({ triage }: { triage: Triage }) {
  const { asked, close, apply, link } = triage;
  if (!asked) return null;
  const { targets } = asked;
  const what = named(targets).toLowerCase();
  switch (asked.for) {
    case 'resolve':
      return (
        <ResolveDialog
          what={what}
          onResolve={(verdict) => apply({ action: 'resolve', verdict }, targets)}
          onClose={close}
        />
      );
    case 'assign':
      return (
        <AssignDialog
          what={what}
          onAssign={(assignee) => apply({ action: 'assign', assignee }, targets)}
          onClose={close}
        />
      );
    case 'incident':
      return <IncidentDialog targets={targets} onPromote={(promotion) => link(promotion, targets)} onClose={close} />;
  }
}
