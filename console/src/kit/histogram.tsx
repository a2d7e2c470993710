import { HistogramBars } from './histogram-bars.tsx';
import { rangeText } from './range-text.ts';
import { useBrush } from './use-brush.ts';

export type Point = { start: number; counts: Record<string, number> };

type Props = {
  label: string;
  /** The stacked names, the topmost first. Each is a colour of the theme. */
  series: readonly string[];
  points: readonly Point[];
  /** Where the last point ends. */
  end: number;
  /** The chosen stretch of time, in milliseconds; null when all of it is. */
  range: readonly [number, number] | null;
  onRange: (range: [number, number] | null) => void;
};

/**
 * Counts over time, stacked, with a brush. By mouse: drag over a stretch. By key: arrows move along the bars, Shift with
 * an arrow chooses, Enter takes the bar or the stretch, Esc lets go.
 */
export function Histogram({ label, series, points, end, range, onRange }: Props) {
  const bounds = [...points.map(({ start }) => start), end];
  const brush = useBrush({ bounds, range, onRange });
  const total = (point: Point | undefined) => series.reduce((sum, name) => sum + (point?.counts[name] ?? 0), 0);
  const [first, last] = brush.shown ?? [brush.at, brush.at];
  const spanned = points.slice(first, last + 1).reduce((sum, point) => sum + total(point), 0);
  const stretch = rangeText(bounds[first] ?? 0, bounds[last + 1] ?? end);

  return (
    <div className="relative flex h-full flex-col">
      <div
        ref={brush.area}
        role="slider"
        tabIndex={0}
        aria-label={`${label}. Arrows move, Shift and an arrow choose a stretch, Enter takes it, Escape lets go.`}
        aria-valuemin={0}
        aria-valuemax={points.length - 1}
        aria-valuenow={brush.at}
        aria-valuetext={`${stretch}: ${spanned}`}
        {...brush.handlers}
        className="group/brush relative min-h-0 flex-1 cursor-crosshair touch-pan-y"
      >
        <HistogramBars series={series} points={points} at={brush.at} shown={brush.shown} />
      </div>
      <div aria-hidden className="flex h-4 items-center justify-between text-xs text-muted">
        <span>
          {stretch}: <span className="tabular-nums text-text">{spanned}</span>
        </span>
        {range && (
          <button type="button" tabIndex={-1} onClick={() => onRange(null)} className="hover:text-text hover:underline">
            All of it
          </button>
        )}
      </div>
    </div>
  );
}
