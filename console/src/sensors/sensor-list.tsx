import { Radio, SearchX } from 'lucide-react';
import { AddButton } from '../kit/add-button.tsx';
import { BrowseList } from '../kit/browse-list.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sensorColumns } from './sensor-columns.tsx';
import { SensorPane } from './sensor-pane.tsx';
import { loadSensors, type Sensor, sensorFilters, sensorListKey } from './sensor-queries.ts';
import type { SensorSearch } from './sensor-search.ts';

type Props = {
  search: SensorSearch;
  onChange: (change: Partial<SensorSearch>) => void;
  onAdd: () => void;
};

/** The sensors, and one of them beside the list. */
export function SensorList({ search, onChange, onAdd }: Props) {
  const filters = sensorFilters(search);
  const found = useCursorList<Sensor>({
    queryKey: sensorListKey(filters),
    load: (cursor, signal) => loadSensors(filters, { cursor, signal }),
  });
  const close = () => onChange({ preview: undefined });
  const isFiltered = search.search !== undefined || search.enabled !== undefined;
  const none = isFiltered ? (
    <EmptyState icon={SearchX} title="No sensor matches">
      <Button onClick={() => onChange({ search: undefined, enabled: undefined })}>Clear the filters</Button>
    </EmptyState>
  ) : (
    <EmptyState
      icon={Radio}
      title="No sensor yet"
      text="A sensor has a key of its own and may do nothing but post events."
    >
      <AddButton label="Add a sensor" onAdd={onAdd} />
    </EmptyState>
  );
  return (
    <div className="relative flex min-h-0 flex-1">
      <BrowseList
        label="Sensors"
        columns={sensorColumns}
        found={found}
        openId={search.preview}
        onOpen={(preview) => onChange({ preview })}
        onClose={close}
        empty={none}
      />
      {search.preview && <SensorPane key={search.preview} id={search.preview} onClose={close} />}
    </div>
  );
}
