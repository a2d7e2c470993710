import { BellOff, CalendarClock, History } from 'lucide-react';
import { EndlessFoot } from '../kit/endless-foot.tsx';
import { ItemList } from '../kit/item-list.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SilenceItem } from './silence-item.tsx';
import { loadSilences, type Silence, type SilenceFilters, silenceListKey } from './silence-queries.ts';

type Props = {
  filters: SilenceFilters;
  /** Left out for those who may only read. */
  onEdit: ((id: number) => void) | undefined;
  onAdd: (() => void) | undefined;
};

const EMPTY = {
  active: {
    icon: BellOff,
    title: 'Nothing is silenced',
    text: 'A silence keeps alerts away for a while: during an upgrade, a drill, a known fault.',
  },
  scheduled: {
    icon: CalendarClock,
    title: 'No silence is planned',
    text: 'Maintenance windows plan theirs a day ahead.',
  },
  ended: { icon: History, title: 'No silence has ended yet', text: 'What each of them suppressed will be told here.' },
};

/** The silences of a state, newest first. */
export function SilenceList({ filters, onEdit, onAdd }: Props) {
  const found = useCursorList<Silence>({
    queryKey: silenceListKey(filters),
    load: (cursor, signal) => loadSilences(filters, { cursor, signal }),
  });
  if (found.isEmpty) {
    return (
      <EmptyState {...EMPTY[filters.state]}>
        {onAdd && filters.state !== 'ended' && (
          <Button look="primary" onClick={onAdd}>
            Silence events
          </Button>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <ItemList label="Silences">
        {found.rows.map((silence) => (
          <SilenceItem key={silence.id} silence={silence} onEdit={onEdit && (() => onEdit(silence.id))} />
        ))}
      </ItemList>
      <EndlessFoot list={found} />
    </>
  );
}
