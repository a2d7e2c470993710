import type { Times } from './counts-report.tsx';
import type { Timeseries } from './report-queries.ts';

/** Where the buckets of a time series begin, and where the last one ends. */
export function boundsOfSeries({ points, to }: Timeseries): number[] {
  return [...points.map(({ start }) => Date.parse(start)), Date.parse(to)];
}

/** Takes a stretch of a chart as the range of the page; letting go of one changes nothing. */
export function brushed(onRange: (range: Times) => void) {
  return (range: [number, number] | null) => {
    if (range) onRange({ from: new Date(range[0]).toISOString(), to: new Date(range[1]).toISOString() });
  };
}
