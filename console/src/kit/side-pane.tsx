import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

type Props = { title: string; onClose: () => void; children: ReactNode };

/** One thing beside its list; where there is no room, over it. */
export function SidePane({ title, onClose, children }: Props) {
  return (
    <aside
      aria-label={title}
      className="flex min-w-0 flex-col border-line bg-canvas max-lg:absolute max-lg:inset-0 max-lg:z-30 lg:w-[26rem] lg:shrink-0 lg:border-l"
    >
      <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <h2 className="mr-auto truncate font-semibold">{title}</h2>
        <Button look="quiet" size="icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
    </aside>
  );
}
