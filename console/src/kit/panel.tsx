import { type ReactNode, useId } from 'react';
import { classes } from '../ui/classes.ts';

type Props = {
  title: ReactNode;
  /** At the right of the title. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A part of a page with a heading of its own. */
export function Panel({ title, actions, className, children }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={classes(
        'flex min-w-0 flex-col break-inside-avoid rounded-lg border border-line bg-canvas p-4',
        className,
      )}
    >
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-2">
        <h2 id={id} className="mr-auto font-semibold">
          {title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
