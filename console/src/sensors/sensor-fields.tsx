import { Fields } from '../kit/fields.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { intervalText } from './interval-text.ts';
import type { Sensor } from './sensor-queries.ts';
import { SensorState } from './sensor-state.tsx';

/** What there is to know of a sensor. */
export function SensorFields({ sensor }: { sensor: Sensor }) {
  const until = sensor.previous_key_until;
  const overlaps = until !== null && Date.parse(until) > Date.now();
  const count = (number: number) => number.toLocaleString('en');
  return (
    <>
      <Fields
        label="Sensor"
        fields={[
          ['State', <SensorState key="state" sensor={sensor} />],
          ['Last seen', sensor.last_seen_at ? <TimeText key="seen" time={sensor.last_seen_at} /> : 'Never'],
          ['Expected every', intervalText(sensor.expected_interval)],
          ['New origins', sensor.watch_origin ? 'Raise an alert' : 'Are only noted'],
          ['Key', sensor.key_prefix && <code key="key">{sensor.key_prefix}…</code>],
          [
            'Key before it',
            overlaps ? (
              <>
                Works until <TimeText time={until} />
              </>
            ) : null,
          ],
          ['Added', <TimeText key="added" time={sensor.created_at} />],
          ['Id', sensor.id],
        ]}
      />
      <Fields
        label="Events"
        fields={[
          ['Accepted', count(sensor.accepted)],
          ['Duplicates', count(sensor.duplicates)],
          ['Rejected', count(sensor.rejected)],
        ]}
      />
    </>
  );
}
