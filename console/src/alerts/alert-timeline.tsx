import { useQuery } from '@tanstack/react-query';
import { Timeline } from '../kit/timeline.tsx';
import { timeseriesQuery } from '../reports/report-queries.ts';
import type { AlertSearch } from './alert-search.ts';
import { SEVERITIES } from './alert-values.ts';

type Props = { search: AlertSearch; onChange: (change: Partial<AlertSearch>) => void };

/** Alerts over the last 30 days, by severity. A stretch of it becomes the list's range of time. */
export function AlertTimeline({ search, onChange }: Props) {
  const { data } = useQuery(timeseriesQuery({ metric: 'alerts', interval: 'day' }));
  if (data?.points.every(({ total }) => total === 0)) return null;
  return (
    <div className="h-24 shrink-0 border-b border-line px-4 py-2 max-md:hidden">
      <Timeline label="Alerts by day" data={data} severities={SEVERITIES} range={search} onRange={onChange} />
    </div>
  );
}
