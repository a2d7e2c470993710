import { SearchX, Send } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { DeliveryFilters } from './delivery-queries.ts';

/** No delivery matches, or nothing was ever sent. */
export function NoDeliveries({ filters, onClear }: { filters: DeliveryFilters; onClear: () => void }) {
  if (Object.values(filters).some(Boolean)) {
    return (
      <EmptyState icon={SearchX} title="No delivery matches these filters">
        <Button onClick={onClear}>Clear the filters</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Send} title="Nothing was sent yet" text="Each notification to each channel is a delivery." />
  );
}
