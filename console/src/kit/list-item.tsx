import type { ReactNode } from 'react';

type Props = {
  id: number;
  /** Its place, from 1, where the order counts. */
  number?: number;
  title: string;
  /** Opens it. Left out for those who may only read. */
  onOpen?: (() => void) | undefined;
  /** What stands beside the title: its state, by word. */
  marks?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** One thing of an `ItemList`: its title, what is to know of it, and what can be done with it. */
export function ListItem({ id, number, title, onOpen, marks, actions, children }: Props) {
  return (
    <li data-item={id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_20rem] space-y-0.5">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3">
          {number !== undefined && <span className="text-muted tabular-nums">{number}.</span>}
          <h2 className="min-w-0 font-medium break-words">
            {onOpen ? (
              <button
                type="button"
                data-item-title
                onClick={onOpen}
                className="max-w-full rounded text-left hover:underline"
              >
                {title}
              </button>
            ) : (
              <span data-item-title tabIndex={-1}>
                {title}
              </span>
            )}
          </h2>
          {marks}
        </div>
        <div className="text-muted">{children}</div>
      </div>
      {actions && <div className="flex flex-wrap items-center gap-1">{actions}</div>}
    </li>
  );
}
