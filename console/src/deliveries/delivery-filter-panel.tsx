import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { channelsQuery } from '../channels/channel-queries.ts';
import { FilterPanel } from '../kit/filter-panel.tsx';
import { SearchBox } from '../kit/search-box.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Select } from '../ui/select.tsx';
import { DELIVERY_KINDS, DELIVERY_STATES } from './delivery-queries.ts';
import type { DeliverySearch } from './delivery-search.ts';
import { TimeFilter } from './time-filter.tsx';

type Props = { search: DeliverySearch; onChange: (change: Partial<DeliverySearch>) => void };

const ANY = { value: '', label: 'Any' };
const STATE_LABELS = { pending: 'On its way', delivered: 'Delivered', failed: 'Failed' };
const STATES = [ANY, ...DELIVERY_STATES.map((value) => ({ value, label: STATE_LABELS[value] }))];
const KINDS = [ANY, ...DELIVERY_KINDS.map((value) => ({ value, label: value }))];

/** Which deliveries the list shows. */
export function DeliveryFilterPanel({ search, onChange }: Props) {
  const { data } = useQuery(channelsQuery);
  const channels = data?.data.map(({ id, name }) => ({ value: String(id), label: name })) ?? [];
  const about = useCallback((subject: string) => onChange({ subject: subject || undefined }), [onChange]);
  return (
    <FilterPanel>
      <FormField label="Status">
        <Select
          options={STATES}
          value={search.status ?? ''}
          onChange={({ target }) => onChange({ status: DELIVERY_STATES.find((state) => state === target.value) })}
        />
      </FormField>
      <FormField label="Channel">
        <Select
          options={[ANY, ...channels]}
          value={search.channel ?? ''}
          onChange={({ target }) => onChange({ channel: Number(target.value) || undefined })}
        />
      </FormField>
      <FormField label="Kind">
        <Select
          options={KINDS}
          value={search.kind ?? ''}
          onChange={({ target }) => onChange({ kind: DELIVERY_KINDS.find((kind) => kind === target.value) })}
        />
      </FormField>
      <SearchBox label="About, as alert:12" value={search.subject ?? ''} onChange={about} />
      <TimeFilter label="From" value={search.from} onChange={(from) => onChange({ from })} />
      <TimeFilter label="To" value={search.to} onChange={(to) => onChange({ to })} />
    </FilterPanel>
  );
}
