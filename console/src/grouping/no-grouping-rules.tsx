import { Group } from 'lucide-react';
import { AddButton } from '../kit/add-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** There is no rule, so events without a key of their own have an alert each. */
export function NoGroupingRules({ onAdd }: { onAdd: (() => void) | undefined }) {
  return (
    <EmptyState
      icon={Group}
      title="No grouping rules yet"
      text="Events that agree in the fields of a rule are one problem and share one alert."
    >
      <AddButton label="Add a grouping rule" onAdd={onAdd} />
    </EmptyState>
  );
}
