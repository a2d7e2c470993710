import { Fields } from '../kit/fields.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { ValueMenu } from '../kit/value-menu.tsx';
import type { AlertSearch } from './alert-search.ts';
import type { Alert } from './alert-values.ts';
import { FilterValue } from './filter-value.tsx';

type Props = { event: Alert['event']; onFilter: (change: Partial<AlertSearch>) => void };

/** The fields of the event that raised an alert. */
export function RaisingEventFields({ event, onFilter }: Props) {
  return (
    <Fields
      label={`Event ${event.id}`}
      fields={[
        ['Source', <FilterValue key="source" field="source" value={event.source} onFilter={onFilter} />],
        ['Type', <FilterValue key="type" field="event_type" value={event.event_type} onFilter={onFilter} />],
        ['Taken in', <TimeText key="time" time={event.timestamp} />],
        ['Occurred', event.occurred_at && <TimeText key="occurred" time={event.occurred_at} />],
        ['Country', event.origin.country],
        ...Object.entries(event.attributes).map(([name, value]): [string, React.ReactNode] => [
          name,
          <ValueMenu key={name} field={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />,
        ]),
      ]}
    />
  );
}
