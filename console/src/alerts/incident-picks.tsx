import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { PickList } from '../kit/pick-list.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';

type Props = { onNew: () => void; onPick: (id: number) => void };

/** The incidents that are not over yet, newest first, and a new one before them. */
export function IncidentPicks({ onNew, onPick }: Props) {
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search.trim());
  const { data, isPending } = useQuery({
    queryKey: ['incidents-to-link', words],
    queryFn: ({ signal }) => {
      // Words without a letter or digit find nothing, and the API says so with an error.
      const query = { status: 'open,mitigated', limit: 20, ...(/[\p{L}\p{N}]/u.test(words) && { search: words }) };
      return answerOf(client.GET('/incidents', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
  const found = data?.data ?? [];
  return (
    <PickList
      label="Search open incidents"
      search={search}
      onSearch={setSearch}
      empty={isPending ? 'Loading' : 'None is open.'}
      picks={[
        {
          key: 'new',
          label: (
            <>
              <Plus aria-hidden className="size-4 text-muted" />
              New incident
            </>
          ),
          onPick: onNew,
        },
        ...found.map(({ id, title, severity }) => ({
          key: String(id),
          label: (
            <>
              <SeverityBadge severity={severity} />
              <span className="text-muted tabular-nums">#{id}</span>
              <span className="truncate">{title}</span>
            </>
          ),
          onPick: () => onPick(id),
        })),
      ]}
    />
  );
}
