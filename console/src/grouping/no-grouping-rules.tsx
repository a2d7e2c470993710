import { Group } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Key } from '../ui/key.tsx';

/** There is no rule, so events without a key of their own have an alert each. */
export function NoGroupingRules({ onAdd }: { onAdd: (() => void) | undefined }) {
  return (
    <EmptyState
      icon={Group}
      title="No grouping rules yet"
      text="Events that agree in the fields of a rule are one problem and share one alert."
    >
      {onAdd && (
        <Button look="primary" onClick={onAdd}>
          Add a grouping rule <Key keys="c" />
        </Button>
      )}
    </EmptyState>
  );
}
