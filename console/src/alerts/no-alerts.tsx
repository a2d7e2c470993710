import { BellOff, SearchX } from 'lucide-react';
import { FirstEvent } from '../kit/first-event.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { AlertSearch } from './alert-search.ts';

type Props = { search: AlertSearch; onClear: () => void };

/** No alert matches, or there has never been one. */
export function NoAlerts({ search: { preview: _, ...filters }, onClear }: Props) {
  if (Object.values(filters).some(Boolean)) {
    return (
      <EmptyState icon={SearchX} title="No alert matches these filters">
        <Button onClick={onClear}>Clear the filters</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={BellOff}
      title="No alerts yet"
      text="High and critical events become alerts. Send one to see it here."
    >
      <FirstEvent />
    </EmptyState>
  );
}
