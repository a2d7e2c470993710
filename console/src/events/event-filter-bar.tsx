import { FilterChips, spokenChoices } from '../kit/filter-chips.tsx';
import { absoluteTime } from '../kit/format-time.ts';
import type { EventSearch } from './event-search.ts';

type Props = { search: EventSearch; onChange: (change: Partial<EventSearch>) => void };

/** The filters of the list that are in force. */
export function EventFilterBar({ search, onChange }: Props) {
  const { severity, source, event_type, dedup_key, alert, silence, from, to } = search;
  const chip = (label: string, [name, value]: [keyof EventSearch, string | undefined]) => ({
    label,
    value,
    onRemove: () => onChange({ [name]: undefined }),
  });
  return (
    <FilterChips
      chips={[
        chip('Severity', ['severity', spokenChoices(severity)]),
        chip('Source', ['source', spokenChoices(source)]),
        chip('Type', ['event_type', spokenChoices(event_type)]),
        chip('Dedup key', ['dedup_key', dedup_key]),
        chip('Alert', ['alert', alert?.toString()]),
        chip('Silence', ['silence', silence?.toString()]),
        chip('From', ['from', from && absoluteTime(from)]),
        chip('To', ['to', to && absoluteTime(to)]),
      ]}
    />
  );
}
