import { Suspense } from 'react';
import type { Schemas } from '../api/schema.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import type { Severity } from './severity-looks.ts';

const Histogram = lazyPart(() => import('./histogram.tsx'), 'Histogram');

type Times = { from?: string | undefined; to?: string | undefined };

type Props = {
  label: string;
  /** Nothing while it is loading. */
  data: Schemas['Timeseries'] | undefined;
  severities: readonly Severity[];
  range?: Times;
  onRange: (range: Times) => void;
  hasAxis?: boolean;
};

/** A time series of a report as a histogram. A stretch of it is told as the times of an address. */
export function Timeline({ label, data, severities, range: { from, to } = {}, onRange, hasAxis = false }: Props) {
  return (
    <Suspense>
      {data && (
        <Histogram
          label={label}
          series={severities}
          points={data.points.map(({ start, by_severity }) => ({ start: Date.parse(start), counts: by_severity }))}
          end={Date.parse(data.to)}
          range={from && to ? [Date.parse(from), Date.parse(to)] : null}
          onRange={(range) => onRange({ from: isoTime(range?.[0]), to: isoTime(range?.[1]) })}
          hasAxis={hasAxis}
        />
      )}
    </Suspense>
  );
}

const isoTime = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
