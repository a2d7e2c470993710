import { Archive, Flame, SearchX, Trash2 } from 'lucide-react';
import { AddButton } from '../kit/add-button.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { IncidentSearch } from './incident-search.ts';

type Props = { search: IncidentSearch; onClear: () => void; onCreate: () => void };

/** No incident matches, or there is none on this shelf. */
export function NoIncidents({ search: { shelf, new: _, ...filters }, onClear, onCreate }: Props) {
  if (Object.values(filters).some(Boolean)) {
    return (
      <EmptyState icon={SearchX} title="No incident matches these filters">
        <Button onClick={onClear}>Clear the filters</Button>
      </EmptyState>
    );
  }
  if (shelf === 'archived') {
    return (
      <EmptyState icon={Archive} title="The archive is empty" text="Incidents come here some time after they end." />
    );
  }
  if (shelf === 'deleted') {
    return <EmptyState icon={Trash2} title="Nothing was deleted" text="What is deleted can be restored from here." />;
  }
  return (
    <EmptyState
      icon={Flame}
      title="No incidents at work"
      text="An incident gathers the alerts, notes and evidence of one problem."
    >
      <AddButton label="Open an incident" onAdd={onCreate} />
    </EmptyState>
  );
}
