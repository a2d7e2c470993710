import { FilterChips, spokenChoices } from '../kit/filter-chips.tsx';
import type { IncidentSearch } from './incident-search.ts';

type Props = { search: IncidentSearch; onChange: (change: Partial<IncidentSearch>) => void };

/** The filters of the list that are in force. */
export function IncidentFilterBar({ search, onChange }: Props) {
  const chip = (label: string, name: 'status' | 'severity' | 'tag' | 'service' | 'assignee') => ({
    label,
    value: spokenChoices(search[name]),
    onRemove: () => onChange({ [name]: undefined }),
  });
  return (
    <FilterChips
      chips={[
        chip('Status', 'status'),
        chip('Severity', 'severity'),
        chip('Tag', 'tag'),
        chip('Service', 'service'),
        chip('Assignee', 'assignee'),
      ]}
    />
  );
}
