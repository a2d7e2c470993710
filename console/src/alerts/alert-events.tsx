import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { alertEventsQuery } from './alert-queries.ts';
import type { Alert } from './alert-values.ts';

/** The newest events that an alert gathered. */
export function AlertEvents({ alert: { id, event_count } }: { alert: Alert }) {
  const { data, error, refetch } = useQuery(alertEventsQuery(id));
  const shown = data?.data ?? [];
  return (
    <section aria-label="Its events">
      <h2 className="mb-1 font-semibold">Its events</h2>
      {error && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <ProgressBar label="Loading its events" />}
      <ul className="divide-y divide-line">
        {shown.map(({ id: eventId, severity, event_type, source, description, timestamp }) => (
          <li key={eventId} className="flex items-baseline gap-3 py-1.5">
            <SeverityBadge severity={severity} />
            <Link to="/events/$id" params={{ id: String(eventId) }} className="min-w-0 flex-1 truncate hover:underline">
              <span className="font-medium">{event_type}</span>{' '}
              <span className="text-muted">
                {source} {description}
              </span>
            </Link>
            <TimeText time={timestamp} className="shrink-0 text-muted" />
          </li>
        ))}
      </ul>
      {data && event_count > shown.length && (
        <p className="mt-1 text-muted">
          The newest {shown.length} of {event_count.toLocaleString('en')}.
        </p>
      )}
    </section>
  );
}
