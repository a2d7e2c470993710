import { Activity, SearchX } from 'lucide-react';
import { FirstEvent } from '../kit/first-event.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { EventSearch } from './event-search.ts';

type Props = { search: EventSearch; onClear: () => void };

/** No event matches, or none was ever sent. */
export function NoEvents({ search: { preview: _preview, by: _by, ...filters }, onClear }: Props) {
  if (Object.values(filters).some(Boolean)) {
    return (
      <EmptyState icon={SearchX} title="No event matches these filters">
        <Button onClick={onClear}>Clear the filters</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Activity} title="No events yet" text="Whatever your sensors send appears here. Send a first one.">
      <FirstEvent />
    </EmptyState>
  );
}
