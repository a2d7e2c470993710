import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = { icon: LucideIcon; title: string; text?: ReactNode; children?: ReactNode };

/** What stands where things would be: nothing yet, no match, not allowed. `children` are the ways on. */
export function EmptyState({ icon: Icon, title, text, children }: Props) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-3 px-4 py-16 text-center">
      <Icon aria-hidden className="size-8 text-muted" />
      <p className="text-base font-semibold">{title}</p>
      {text && <div className="text-muted">{text}</div>}
      {children && <div className="mt-2 flex w-full flex-wrap items-center justify-center gap-2">{children}</div>}
    </div>
  );
}
