import { TrendingUp } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Key } from '../ui/key.tsx';

/** There is no policy, so nobody is told of anything. */
export function NoPolicies({ onAdd }: { onAdd: (() => void) | undefined }) {
  return (
    <EmptyState
      icon={TrendingUp}
      title="Nobody is told of alerts"
      text="A policy says which channels hear of a new alert, at once and for as long as nobody acknowledges it."
    >
      {onAdd && (
        <Button look="primary" onClick={onAdd}>
          Add an escalation policy <Key keys="c" />
        </Button>
      )}
    </EmptyState>
  );
}
