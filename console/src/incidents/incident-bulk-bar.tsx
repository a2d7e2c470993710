import { Archive, CircleCheck, ShieldHalf, X } from 'lucide-react';
import { useActions } from '../kit/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { BulkResults } from './bulk-results.tsx';
import { archiving, mitigating, resolving } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { useBulkIncidents } from './use-bulk-incidents.ts';

type Props = { incidents: Incident[]; onClear: () => void };

const DEEDS = [
  { label: 'Mitigate', keys: 'e', icon: ShieldHalf, changeOf: mitigating },
  { label: 'Resolve', keys: 'r', icon: CircleCheck, changeOf: (incident: Incident) => resolving(incident) },
  { label: 'Archive', keys: 'y', icon: Archive, changeOf: archiving },
];

/** What can be done with the selected incidents, how far it has come, and what became of each. */
export function IncidentBulkBar({ incidents, onClear }: Props) {
  const { bulk, run, close } = useBulkIncidents();
  useActions(
    'Selected incidents',
    DEEDS.map(({ label, keys, changeOf }) => ({
      label: `${label} the selected incidents`,
      keys,
      run: () => void run(incidents, changeOf),
    })),
  );
  const isRunning = bulk !== null && bulk.results === null;
  return (
    <section
      aria-label="Selected incidents"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2"
    >
      <span className="mr-auto font-medium">{incidents.length} selected</span>
      {isRunning && (
        <div className="w-40">
          <ProgressBar label="Changing the selected incidents" value={bulk.done / bulk.of} />
        </div>
      )}
      {DEEDS.map(({ label, icon: Icon, changeOf }) => (
        <Button key={label} size="small" disabled={isRunning} onClick={() => void run(incidents, changeOf)}>
          <Icon aria-hidden className="size-4" />
          {label}
        </Button>
      ))}
      <Button look="quiet" size="icon" aria-label="Clear the selection" title="Clear (Esc)" onClick={onClear}>
        <X aria-hidden className="size-4" />
      </Button>
      {bulk?.results && <BulkResults results={bulk.results} onClose={close} />}
    </section>
  );
}
