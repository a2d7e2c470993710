import { TrendingUp } from 'lucide-react';
import { AddButton } from '../kit/add-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** There is no policy, so nobody is told of anything. */
export function NoPolicies({ onAdd }: { onAdd: (() => void) | undefined }) {
  return (
    <EmptyState
      icon={TrendingUp}
      title="Nobody is told of alerts"
      text="A policy says which channels hear of a new alert, at once and for as long as nobody acknowledges it."
    >
      <AddButton label="Add an escalation policy" onAdd={onAdd} />
    </EmptyState>
  );
}
