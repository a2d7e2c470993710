import { Link } from '@tanstack/react-router';
import { Maximize2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonClasses } from '../ui/button.tsx';

type Props = {
  title: string;
  /** Where the thing has a page of its own. */
  page?: { to: '/alerts/$id' | '/events/$id'; id: number };
  onClose: () => void;
  children: ReactNode;
};

/** One thing beside its list; where there is no room, over it. */
export function SidePane({ title, page, onClose, children }: Props) {
  return (
    <aside
      aria-label={title}
      className="flex min-w-0 flex-col border-line bg-canvas max-lg:absolute max-lg:inset-0 max-lg:z-30 lg:w-[28rem] lg:shrink-0 lg:border-l"
    >
      <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <h2 className="mr-auto truncate font-semibold">{title}</h2>
        {page && (
          <Link
            to={page.to}
            params={{ id: String(page.id) }}
            aria-label="Open on a page of its own"
            title="Open on a page of its own"
            className={buttonClasses({ look: 'quiet', size: 'icon' })}
          >
            <Maximize2 aria-hidden className="size-4" />
          </Link>
        )}
        <Button look="quiet" size="icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4">{children}</div>
    </aside>
  );
}
