import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../ui/classes.ts';

type Props = {
  title: string;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  /** For pages that say it in their middle; it is still read aloud. */
  hideTitle?: boolean;
  /** Fills the height of the window and scrolls inside, as lists do. */
  full?: boolean;
};

/** A page below the shell: it names the tab, and takes the focus to its heading when it appears. */
export function Page({ title, actions, children, hideTitle = false, full = false }: Props) {
  const page = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Edgewatch`;
  }, [title]);
  useEffect(() => {
    // A field of the page that took the focus keeps it.
    if (!page.current?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={page} className={classes('flex flex-col', full ? 'h-full min-h-0' : 'min-h-full')}>
      <header
        className={
          hideTitle ? 'sr-only' : 'flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2'
        }
      >
        <h1 ref={heading} tabIndex={-1} className="mr-auto text-base font-semibold">
          {title}
        </h1>
        {actions}
      </header>
      <div className={classes('flex-1', full && 'flex min-h-0 flex-col')}>{children}</div>
    </div>
  );
}
