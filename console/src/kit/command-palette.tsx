import { Suspense } from 'react';
import { Store, useStore } from '../core/store.ts';
import { lazyPart } from '../ui/lazy-part.ts';

export const paletteOpen = new Store(false);

const List = lazyPart(() => import('./command-list.tsx'), 'CommandList');

/** The ⌘K palette: go somewhere, do something, jump to an id. Loaded when it is first opened. */
export function CommandPalette() {
  const isOpen = useStore(paletteOpen);
  if (!isOpen) return null;
  return (
    <Suspense>
      <List onClose={() => paletteOpen.set(false)} />
    </Suspense>
  );
}
