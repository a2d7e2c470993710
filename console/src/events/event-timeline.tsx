import { useQuery } from '@tanstack/react-query';
import { Timeline } from '../kit/timeline.tsx';
import { timeseriesQuery } from '../reports/report-queries.ts';
import { Select } from '../ui/select.tsx';
import { EVENT_SEVERITIES } from './event-queries.ts';
import type { EventSearch } from './event-search.ts';

type Props = { search: EventSearch; onChange: (change: Partial<EventSearch>) => void };

const SPANS = [
  { value: 'hour', label: '24 hours' },
  { value: 'day', label: '30 days' },
  { value: 'week', label: '26 weeks' },
];

/** All events over time, by severity. A stretch of it becomes the list's range of time. */
export function EventTimeline({ search, onChange }: Props) {
  const interval = search.by ?? 'day';
  const { data } = useQuery(timeseriesQuery({ metric: 'events', interval }));
  return (
    <div className="flex h-24 shrink-0 gap-3 border-b border-line px-4 py-2 max-md:hidden">
      <div className="min-w-0 flex-1">
        <Timeline
          label={`Events by ${data?.interval ?? interval}`}
          data={data}
          severities={EVENT_SEVERITIES}
          range={search}
          onRange={onChange}
        />
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
