import { Link } from '@tanstack/react-router';
import { Maximize2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from '../ui/button.tsx';
import { SidePane } from './side-pane.tsx';

type Props = {
  title: string;
  id: number;
  /** Where it has a page of its own. */
  page: '/alerts/$id' | '/events/$id';
  onClose: () => void;
  children: ReactNode;
};

/** A side pane of something that has a page of its own, too. */
export function PreviewPane({ title, id, page, onClose, children }: Props) {
  const toPage = (
    <Link
      to={page}
      params={{ id: String(id) }}
      aria-label="Open on a page of its own"
      title="Open on a page of its own"
      className={buttonClasses({ look: 'quiet', size: 'icon' })}
    >
      <Maximize2 aria-hidden className="size-4" />
    </Link>
  );
  return (
    <SidePane title={title} actions={toPage} onClose={onClose}>
      {children}
    </SidePane>
  );
}
