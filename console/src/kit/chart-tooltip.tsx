import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';

export type TooltipLine = { name: string; mark: ReactNode; value: string };

type Props = {
  title: string;
  lines: readonly TooltipLine[];
  /** Where it points, from 0 to 1 of the width of the chart. */
  at: number;
  /** Lists have their charts at the top of the window, where nothing fits above. */
  isBelow: boolean;
};

/** What a chart says of the place that is looked at. The slider below it says the same to those who hear it. */
export function ChartTooltip({ title, lines, at, isBelow }: Props) {
  return (
    <div
      aria-hidden
      style={{ left: `${at * 100}%`, transform: `translateX(${-at * 100}%)` }}
      className={classes(
        isBelow ? 'top-full mt-5' : 'bottom-full mb-1',
        'pointer-events-none invisible absolute z-30 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs shadow-lg group-hover/brush:visible group-focus-visible/brush:visible print:hidden',
      )}
    >
      <p className="font-medium whitespace-nowrap">{title}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-3">
        {lines.map(({ name, mark, value }) => (
          <div key={name} className="contents">
            <dt className="whitespace-nowrap">{mark}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
