import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';
import { type Axis, ChartAxis } from './chart-axis.tsx';
import { ChartTooltip, type TooltipLine } from './chart-tooltip.tsx';
import { rangeText, startText } from './range-text.ts';
import { type Stretch, useBrush } from './use-brush.ts';

export type TimeBrushProps = {
  label: string;
  /** Where the bars begin, and where the last one ends. */
  bounds: readonly number[];
  /** The chosen stretch of time, in milliseconds; null when all of it is. */
  range: readonly [number, number] | null;
  onRange: (range: [number, number] | null) => void;
  /** Left out where there is no room for it. */
  axis?: Axis | undefined;
};

type Props = TimeBrushProps & {
  /** What there is in a stretch of bars: in a word, and one by one. */
  tell: (stretch: Stretch) => { sum: string; lines: readonly TooltipLine[] };
  children: (looked: { at: number; shown: Stretch | null }) => ReactNode;
};

/**
 * A chart over time with a brush. By mouse: drag over a stretch. By key: arrows move along the bars, Shift with an arrow
 * chooses, Enter takes the bar or the stretch, Esc lets go. What is looked at is told in a tooltip, and below the chart where it has no axis.
 */
export function TimeBrush({ label, bounds, range, onRange, axis, tell, children }: Props) {
  const brush = useBrush({ bounds, range, onRange });
  const { at, shown } = brush;
  const [first, last] = shown ?? [at, at];
  const count = bounds.length - 1;
  const stretch = rangeText(bounds[first] ?? 0, bounds[last + 1] ?? 0);
  const { sum, lines } = tell([first, last]);
  const spoken = [`${stretch}: ${sum}`, ...lines.map(({ name, value }) => `${name} ${value}`)].join(', ');

  return (
    <div className={classes('flex h-full flex-col', axis && 'pt-3 pl-14')}>
      <div
        ref={brush.area}
        role="slider"
        tabIndex={0}
        aria-label={`${label}. Arrows move, Shift and an arrow choose a stretch, Enter takes it, Escape lets go.`}
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={at}
        aria-valuetext={spoken}
        {...brush.handlers}
        className="group/brush relative min-h-0 flex-1 cursor-crosshair touch-pan-y"
      >
        {axis && <ChartAxis axis={axis} />}
        {children({ at, shown })}
        <ChartTooltip title={stretch} lines={lines} at={((first + last) / 2 + 0.5) / count} isBelow={!axis} />
      </div>
      <div aria-hidden className="flex h-5 shrink-0 items-end justify-between gap-2 text-xs text-muted">
        {axis ? (
          <span className="flex flex-1 justify-between">
            <span>{startText(bounds[0] ?? 0, bounds[1] ?? 0)}</span>
            <span>{startText(bounds[count - 1] ?? 0, bounds[count] ?? 0)}</span>
          </span>
        ) : (
          <span className="truncate">
            {stretch}: <span className="text-text tabular-nums">{sum}</span>
          </span>
        )}
        {range && (
          <button type="button" tabIndex={-1} onClick={() => onRange(null)} className="hover:text-text hover:underline">
            All of it
          </button>
        )}
      </div>
    </div>
  );
}
