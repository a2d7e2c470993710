import { SidePane } from '../kit/side-pane.tsx';
import { EventDetail } from './event-detail.tsx';
import type { EventSearch } from './event-search.ts';

type Props = {
  id: number;
  search: EventSearch;
  onClose: () => void;
  onFilter: (change: Partial<EventSearch>) => void;
};

/** One event beside the list. */
export function EventPreview({ id, search, onClose, onFilter }: Props) {
  return (
    <SidePane title={`Event ${id}`} page={{ to: '/events/$id', id }} onClose={onClose}>
      <EventDetail id={id} search={search} onFilter={onFilter} />
    </SidePane>
  );
}
