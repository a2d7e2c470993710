import { useState } from 'react';
import { useStore } from '../core/store.ts';
import { toasts } from './toast.ts';
import { ToastCard } from './toast-card.tsx';

/**
 * Short messages in the corner, read aloud as they come. They stay while the pointer or the focus is on them; `z` undoes
 * the latest without either.
 */
export function Toasts() {
  const shown = useStore(toasts);
  const [isHeld, setIsHeld] = useState(false);
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className="fixed right-4 bottom-4 left-4 z-60 flex flex-col gap-2 sm:left-auto sm:w-96"
    >
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} isHeld={isHeld} />
      ))}
    </section>
  );
}
