import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FieldsOrJson } from '../kit/fields-or-json.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { SilenceLink } from '../kit/silence-link.tsx';
import { buttonClasses } from '../ui/button.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { EventFields } from './event-fields.tsx';
import { eventQuery } from './event-queries.ts';
import type { EventSearch } from './event-search.ts';
import { SuppressedBadge } from './suppressed-badge.tsx';

type Props = { id: number; search: EventSearch; onFilter: (change: Partial<EventSearch>) => void };

/** What is known of an event, and what became of it. */
export function EventDetail({ id, search, onFilter }: Props) {
  const { data: event, error, refetch } = useQuery(eventQuery(id));
  if (error && !event) {
    return (
      <ProblemState error={error} onRetry={() => void refetch()}>
        <Link to="/events" className={buttonClasses({})}>
          All events
        </Link>
      </ProblemState>
    );
  }
  if (!event) return <ProgressBar label="Loading the event" />;
  return (
    <div className="max-w-4xl space-y-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <SeverityBadge severity={event.severity} />
        {event.alert_id !== null && (
          <Link to="/alerts/$id" params={{ id: String(event.alert_id) }} className="text-accent hover:underline">
            Alert {event.alert_id}
          </Link>
        )}
        {event.silence_id !== null && <SuppressedBadge />}
        <SilenceLink event={event} />
      </div>
      <p className="break-words whitespace-pre-wrap">{event.description || 'No description.'}</p>
      <FieldsOrJson value={event}>
        <EventFields event={event} search={search} onFilter={onFilter} />
      </FieldsOrJson>
    </div>
  );
}
