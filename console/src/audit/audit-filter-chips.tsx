import { FilterChips } from '../kit/filter-chips.tsx';
import { absoluteTime } from '../kit/format-time.ts';
import { type AuditSearch, FILTER_NAMES, TEXT_FILTERS } from './audit-search.ts';

type Props = { search: AuditSearch; onChange: (change: Partial<AuditSearch>) => void };

/** The filters that are in force. */
export function AuditFilterChips({ search, onChange }: Props) {
  const { from, to } = search;
  const chip = (name: keyof AuditSearch, { label, value }: { label: string; value: string | undefined }) => ({
    label,
    value,
    onRemove: () => onChange({ [name]: undefined }),
  });
  return (
    <FilterChips
      chips={[
        ...TEXT_FILTERS.map((name) => chip(name, { label: FILTER_NAMES[name], value: search[name] })),
        chip('from', { label: 'From', value: from && absoluteTime(from) }),
        chip('to', { label: 'To', value: to && absoluteTime(to) }),
      ]}
    />
  );
}
