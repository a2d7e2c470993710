import { useQuery } from '@tanstack/react-query';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { alertsAtWorkQuery } from './linked-alert-queries.ts';

type Props = { text: string; chosen: ReadonlySet<number>; onToggle: (id: number) => void };

/** The newest alerts that belong to no incident and hold a text, to be chosen. */
export function AlertChoice({ text, chosen, onToggle }: Props) {
  const { data } = useQuery(alertsAtWorkQuery);
  const wanted = text.toLowerCase();
  const offered = (data?.data ?? []).filter(
    ({ incident_id, id, event }) =>
      incident_id === null &&
      `#${id} ${event.event_type} ${event.source} ${event.description}`.toLowerCase().includes(wanted),
  );
  return (
    <ul className="max-h-72 overflow-y-auto">
      {offered.map(({ id, severity, event }) => (
        <li key={id}>
          <label htmlFor={`choose-${id}`} className="flex min-h-8 items-center gap-2 rounded px-1 hover:bg-hover">
            <Checkbox id={`choose-${id}`} checked={chosen.has(id)} onChange={() => onToggle(id)} />
            <SeverityBadge severity={severity} />
            <span className="min-w-0 truncate">
              <span className="text-muted">#{id}</span> {event.event_type} {event.description}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
