import { ceilingOf } from './ceiling-of.ts';
import { HistogramBars } from './histogram-bars.tsx';
import { LookBadge } from './look-badge.tsx';
import { SEVERITY_LOOKS, type Severity } from './severity-looks.ts';
import { TimeBrush, type TimeBrushProps } from './time-brush.tsx';
import type { Stretch } from './use-brush.ts';

export type Point = { start: number; counts: Record<string, number> };

type Props = Omit<TimeBrushProps, 'bounds' | 'axis'> & {
  /** The stacked severities, the topmost first. */
  series: readonly Severity[];
  points: readonly Point[];
  /** Where the last point ends. */
  end: number;
  /** Whether there is room to say how high the bars are. */
  hasAxis?: boolean;
};

const format = (count: number) => count.toLocaleString('en');

/** Counts over time, stacked by severity, with a brush. */
export function Histogram({ series, points, end, hasAxis = false, ...brush }: Props) {
  const totals = points.map(({ counts }) => series.reduce((sum, name) => sum + (counts[name] ?? 0), 0));
  const highest = Math.max(1, ...totals);
  const ceiling = hasAxis ? ceilingOf(highest) : highest;
  const tell = ([first, last]: Stretch) => {
    const sumOf = (name: string) =>
      points.slice(first, last + 1).reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
    const lines = series.map((name) => ({
      name: SEVERITY_LOOKS[name].label,
      mark: <LookBadge look={SEVERITY_LOOKS[name]} />,
      value: format(sumOf(name)),
    }));
    return { sum: format(series.reduce((sum, name) => sum + sumOf(name), 0)), lines };
  };
  return (
    <TimeBrush
      {...brush}
      bounds={[...points.map(({ start }) => start), end]}
      tell={tell}
      axis={hasAxis ? { ceiling, format } : undefined}
    >
      {(looked) => <HistogramBars series={series} points={points} ceiling={ceiling} {...looked} />}
    </TimeBrush>
  );
}
