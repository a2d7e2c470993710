import { useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { saveFile } from '../kit/save-file.ts';
import { type Action, useActions } from '../kit/use-actions.ts';
import { toastProblem } from '../shell/toast.ts';
import { Button, buttonClasses } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { archiving, deleting, mitigating, reopening, unarchiving } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { ResolveDialog } from './resolve-dialog.tsx';
import { useIncidentChange } from './use-incident-change.ts';
import { useIncidentRights } from './use-incident-rights.ts';

/** So many stand as buttons, the others in a menu. */
const SHOWN = 2;

/** What can be done with an incident as it stands: as buttons, by key and in the palette. */
export function IncidentActions({ incident }: { incident: Incident }) {
  const [isResolving, setIsResolving] = useState(false);
  const navigate = useNavigate();
  const actions = useOffered(incident, () => setIsResolving(true));
  useActions('Incident', [
    ...actions,
    { label: 'Back to the list', keys: 'Escape', run: () => void navigate({ to: '/incidents' }), inPalette: false },
  ]);
  return (
    <>
      {actions.slice(0, SHOWN).map(({ label, run }, index) => (
        <Button key={label} look={index === 0 ? 'primary' : 'secondary'} size="small" onClick={run}>
          {label}
        </Button>
      ))}
      <Menu
        label="More actions"
        className={buttonClasses({ look: 'quiet', size: 'icon' })}
        trigger={<Ellipsis aria-hidden className="size-4" />}
        entries={actions.slice(SHOWN)}
      />
      {isResolving && <ResolveDialog incident={incident} onClose={() => setIsResolving(false)} />}
    </>
  );
}

function useOffered(incident: Incident, onResolve: () => void): Action[] {
  const navigate = useNavigate();
  const change = useIncidentChange();
  const { mayChange, mayDelete } = useIncidentRights(incident);
  const { id, status, archived_at } = incident;
  async function remove() {
    if (await change(deleting(incident))) await navigate({ to: '/incidents' });
  }
  const offered: [boolean, Action][] = [
    [mayChange && status === 'open', { label: 'Mitigate', keys: 'e', run: () => void change(mitigating(incident)) }],
    [mayChange && status !== 'resolved', { label: 'Resolve', keys: 'r', run: onResolve }],
    [mayChange && status !== 'open', { label: 'Reopen', keys: 'Shift+r', run: () => void change(reopening(incident)) }],
    [
      mayChange && status === 'resolved' && !archived_at,
      { label: 'Archive', keys: 'y', run: () => void change(archiving(incident)) },
    ],
    [
      mayChange && archived_at !== null,
      { label: 'Take out of the archive', keys: 'y', run: () => void change(unarchiving(incident)) },
    ],
    [true, { label: 'Save a report to print', keys: 'p', run: () => void saveReport(id) }],
    [mayDelete, { label: 'Delete', keys: 'Shift+d', run: () => void remove() }],
  ];
  return offered.filter(([isOffered]) => isOffered).map(([, action]) => action);
}

/** As a file: the report brings a style of its own, which the policy of this page would refuse. */
function saveReport(id: number): Promise<void> {
  return saveFile({ path: `/incidents/${id}/report`, filename: `incident-${id}.html` }).catch(toastProblem);
}
