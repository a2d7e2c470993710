import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { answerOf, client } from '../api/client.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { Select } from '../ui/select.tsx';
import { EVENT_SEVERITIES } from './event-queries.ts';
import type { EventSearch } from './event-search.ts';

const Histogram = lazyPart(() => import('../kit/histogram.tsx'), 'Histogram');

type Props = { search: EventSearch; onChange: (change: Partial<EventSearch>) => void };

const SPANS = [
  { value: 'hour', label: '24 hours' },
  { value: 'day', label: '30 days' },
  { value: 'week', label: '26 weeks' },
];

/** All events over time, by severity. A stretch of it becomes the list's range of time. */
export function EventTimeline({ search: { from, to, by }, onChange }: Props) {
  const interval = by ?? 'day';
  const { data } = useQuery({
    queryKey: ['report', 'timeseries', 'events', interval],
    queryFn: ({ signal }) =>
      answerOf(client.GET('/reports/timeseries', { params: { query: { metric: 'events', interval } }, signal })),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  return (
    <div className="flex h-24 shrink-0 gap-3 border-b border-line px-4 py-2 max-md:hidden">
      <div className="min-w-0 flex-1">
        <Suspense>
          {data && (
            <Histogram
              key={data.interval}
              label={`Events by ${data.interval}`}
              series={EVENT_SEVERITIES}
              points={data.points.map(({ start, by_severity }) => ({ start: Date.parse(start), counts: by_severity }))}
              end={Date.parse(data.to)}
              range={from && to ? [Date.parse(from), Date.parse(to)] : null}
              onRange={(range) => onChange({ from: isoTime(range?.[0]), to: isoTime(range?.[1]) })}
            />
          )}
        </Suspense>
      </div>
      <Select
        aria-label="Time shown"
        options={SPANS}
        value={interval}
        onChange={({ target: { value } }) => onChange({ by: value === 'hour' || value === 'week' ? value : undefined })}
        className="h-7! w-auto! text-xs"
      />
    </div>
  );
}

const isoTime = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
