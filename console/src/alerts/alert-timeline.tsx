import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { answerOf, client } from '../api/client.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import type { AlertSearch } from './alert-search.ts';
import { SEVERITIES } from './alert-values.ts';

const Histogram = lazyPart(() => import('../kit/histogram.tsx'), 'Histogram');

type Props = { search: AlertSearch; onChange: (change: Partial<AlertSearch>) => void };

/** Alerts over the last 30 days, by severity. A stretch of it becomes the list's range of time. */
export function AlertTimeline({ search: { from, to }, onChange }: Props) {
  const { data } = useQuery({
    queryKey: ['report', 'timeseries', 'alerts'],
    queryFn: ({ signal }) =>
      answerOf(client.GET('/reports/timeseries', { params: { query: { metric: 'alerts', interval: 'day' } }, signal })),
    staleTime: 60_000,
  });
  if (data?.points.every(({ total }) => total === 0)) return null;
  return (
    <div className="h-24 shrink-0 border-b border-line px-4 py-2 max-md:hidden">
      <Suspense>
        {data && (
          <Histogram
            label="Alerts by day"
            series={SEVERITIES}
            points={data.points.map(({ start, by_severity }) => ({ start: Date.parse(start), counts: by_severity }))}
            end={Date.parse(data.to)}
            range={from && to ? [Date.parse(from), Date.parse(to)] : null}
            onRange={(range) =>
              onChange({
                from: range ? new Date(range[0]).toISOString() : undefined,
                to: range ? new Date(range[1]).toISOString() : undefined,
              })
            }
          />
        )}
      </Suspense>
    </div>
  );
}
