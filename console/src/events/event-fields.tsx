import type { ReactNode } from 'react';
import { choose, readChoices, writeChoices } from '../kit/choices.ts';
import { Fields } from '../kit/fields.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { ValueMenu } from '../kit/value-menu.tsx';
import type { SecurityEvent } from './event-queries.ts';
import type { EventSearch } from './event-search.ts';

type Props = { event: SecurityEvent; search: EventSearch; onFilter: (change: Partial<EventSearch>) => void };

/** The fields of an event. Each can be copied; by some the list can be filtered. */
export function EventFields({ event, search, onFilter }: Props) {
  const chosen = (field: 'source' | 'event_type', name: string) => {
    const value = event[field];
    const others = readChoices(search[field]);
    return (
      <ValueMenu
        field={name}
        value={value}
        onInclude={() => onFilter({ [field]: writeChoices({ include: [value], exclude: [] }) })}
        onExclude={() => onFilter({ [field]: writeChoices(choose(others, { value, as: 'exclude' })) })}
      />
    );
  };
  const only = (field: 'dedup_key' | 'silence', [name, value]: [string, string | number | null]) =>
    value !== null && <ValueMenu field={name} value={String(value)} onInclude={() => onFilter({ [field]: value })} />;
  const { origin } = event;
  return (
    <div className="space-y-4">
      <Fields
        label="Event"
        fields={[
          ['Source', chosen('source', 'source')],
          ['Type', chosen('event_type', 'type')],
          ['Taken in', <TimeText key="time" time={event.timestamp} />],
          ['Occurred', event.occurred_at && <TimeText key="occurred" time={event.occurred_at} />],
          ['Dedup key', only('dedup_key', ['dedup key', event.dedup_key]) || null],
          ['External id', event.external_id && <ValueMenu field="external id" value={event.external_id} />],
          ['Silence', only('silence', ['silence', event.silence_id]) || null],
          ['Sensor', event.sensor_id],
          ['Country', origin.country],
          ['Network', origin.asn && `AS ${origin.asn}`],
          ['Point of presence', origin.colo],
        ]}
      />
      {Object.keys(event.attributes).length > 0 && (
        <Fields
          label="Attributes"
          fields={Object.entries(event.attributes).map(([name, value]): [string, ReactNode] => [
            name,
            <ValueMenu key={name} field={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />,
          ])}
        />
      )}
    </div>
  );
}
