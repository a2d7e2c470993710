import { ListFilter } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** The facets of a list: beside it where there is room, else behind a button above it. */
export function FilterPanel({ children }: { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <aside
        aria-label="Filters"
        className="hidden w-48 shrink-0 space-y-4 overflow-y-auto border-r border-line p-2 pt-3 lg:block"
      >
        {children}
      </aside>
      <div className="shrink-0 border-b border-line px-4 py-2 lg:hidden">
        <Button size="small" onClick={() => setIsOpen(true)}>
          <ListFilter aria-hidden className="size-4" />
          Filters
        </Button>
      </div>
      {isOpen && (
        <Dialog onClose={() => setIsOpen(false)} title="Filters">
          <div className="space-y-4">{children}</div>
        </Dialog>
      )}
    </>
  );
}
