import { columnHelper } from '../kit/column.ts';
import { TimeText } from '../kit/time-text.tsx';
import { intervalText } from './interval-text.ts';
import type { Sensor } from './sensor-queries.ts';
import { SensorState } from './sensor-state.tsx';

const helper = columnHelper<Sensor>();

const counter = (name: 'accepted' | 'duplicates' | 'rejected', header: string) =>
  helper.accessor(name, {
    header,
    meta: { track: '6rem', from: 'wide' },
    cell: ({ getValue }) => <span className="tabular-nums">{getValue().toLocaleString('en')}</span>,
  });

export const sensorColumns = [
  helper.accessor('name', {
    header: 'Name',
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
  }),
  helper.accessor('enabled', {
    header: 'State',
    meta: { track: '5.5rem' },
    cell: ({ row }) => <SensorState sensor={row.original} />,
  }),
  helper.accessor('last_seen_at', {
    header: 'Last seen',
    meta: { track: '6rem' },
    cell: ({ getValue }) =>
      getValue() ? <TimeText time={getValue()} className="text-muted" /> : <span className="text-muted">Never</span>,
  }),
  helper.accessor('expected_interval', {
    header: 'Expected every',
    meta: { track: '7rem', from: 'medium' },
    cell: ({ getValue }) => <span className="text-muted">{intervalText(getValue())}</span>,
  }),
  counter('accepted', 'Accepted'),
  counter('duplicates', 'Duplicates'),
  counter('rejected', 'Rejected'),
];
