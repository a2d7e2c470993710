import { Button } from '../ui/button.tsx';
import { Key } from '../ui/key.tsx';

/** The way on from where there is nothing yet; `c` does the same. `onAdd` is left out for those who may only read. */
export function AddButton({ label, onAdd }: { label: string; onAdd: (() => void) | undefined }) {
  if (!onAdd) return null;
  return (
    <Button look="primary" onClick={onAdd}>
      {label} <Key keys="c" />
    </Button>
  );
}
