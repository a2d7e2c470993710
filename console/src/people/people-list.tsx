import { UserSearch } from 'lucide-react';
import { BrowseList } from '../kit/browse-list.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { peopleColumns } from './people-columns.tsx';
import { loadPeople, type Person, peopleFilters, peopleListKey } from './people-queries.ts';
import type { PeopleSearch } from './people-search.ts';
import { PersonPane } from './person-pane.tsx';

type Props = { search: PeopleSearch; onChange: (change: Partial<PeopleSearch>) => void };

/** The people, and one of them beside the list. */
export function PeopleList({ search, onChange }: Props) {
  const filters = peopleFilters(search);
  const found = useCursorList<Person>({
    queryKey: peopleListKey(filters),
    load: (cursor, signal) => loadPeople(filters, { cursor, signal }),
  });
  const close = () => onChange({ preview: undefined });
  return (
    <div className="relative flex min-h-0 flex-1">
      <BrowseList
        label="People"
        columns={peopleColumns}
        found={found}
        openId={search.preview}
        onOpen={(preview) => onChange({ preview })}
        onClose={close}
        empty={
          <EmptyState icon={UserSearch} title="Nobody matches these filters">
            <Button onClick={() => onChange({ role: undefined, disabled: undefined })}>Clear the filters</Button>
          </EmptyState>
        }
      />
      {search.preview && <PersonPane key={search.preview} id={search.preview} onClose={close} />}
    </div>
  );
}
