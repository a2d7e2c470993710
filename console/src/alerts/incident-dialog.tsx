import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { IncidentForm } from './incident-form.tsx';
import { IncidentPicks } from './incident-picks.tsx';
import { named, type Targets } from './targets.ts';
import type { Promotion } from './triage-change.ts';

type Props = { targets: Targets; onPromote: (promotion: Promotion) => Promise<unknown>; onClose: () => void };

/** Makes alerts part of an incident: one that is there, or a new one whose form is filled from them. */
export function IncidentDialog({ targets, onPromote, onClose }: Props) {
  const [isNew, setIsNew] = useState(false);
  const what = named(targets).toLowerCase();
  return (
    <Dialog onClose={onClose} title={isNew ? `New incident from ${what}` : `Link ${what} to an incident`}>
      {isNew ? (
        <IncidentForm alerts={targets.alerts} onSubmit={(incident) => onPromote({ incident })} onClose={onClose} />
      ) : (
        <IncidentPicks onNew={() => setIsNew(true)} onPick={(id) => void onPromote({ incident_id: id })} />
      )}
    </Dialog>
  );
}
