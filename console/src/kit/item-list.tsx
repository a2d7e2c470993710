import type { ReactNode } from 'react';
import { focusedItem, focusItem } from './focused-item.ts';
import { useActions } from './use-actions.ts';

/** A list of `ListItem`, short enough to be there as a whole. j and k go from one to the next. */
export function ItemList({ label, children }: { label: string; children: ReactNode }) {
  useActions('List', [
    { label: 'Next', keys: ['j', 'ArrowDown'], run: () => focusItem(focusedItem(), 1), inPalette: false },
    { label: 'Previous', keys: ['k', 'ArrowUp'], run: () => focusItem(focusedItem(), -1), inPalette: false },
  ]);
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {children}
    </ul>
  );
}
