import { Link } from '@tanstack/react-router';
import { columnHelper } from '../kit/column.ts';
import { severityColumn, timeColumn } from '../kit/columns.tsx';
import type { SecurityEvent } from './event-queries.ts';
import { SuppressedBadge } from './suppressed-badge.tsx';

const helper = columnHelper<SecurityEvent>();

export const eventColumns = [
  severityColumn<SecurityEvent>(),
  helper.accessor('id', {
    header: 'Id',
    meta: { track: '4.5rem', from: 'wide' },
    cell: ({ row }) => <span className="text-muted tabular-nums">#{row.original.id}</span>,
  }),
  helper.accessor('description', {
    header: 'What',
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ row: { original } }) => (
      <>
        <span className="font-medium">{original.event_type}</span>{' '}
        <span className="text-muted">{original.description}</span>
      </>
    ),
  }),
  helper.accessor('source', { header: 'Source', meta: { track: '9rem', from: 'medium' } }),
  helper.display({
    id: 'became',
    header: 'Became',
    meta: { track: '7.5rem', from: 'medium' },
    cell: ({ row: { original } }) =>
      original.alert_id === null ? (
        original.silence_id !== null && <SuppressedBadge />
      ) : (
        <Link
          to="/alerts/$id"
          params={{ id: String(original.alert_id) }}
          tabIndex={-1}
          className="text-accent hover:underline"
        >
          Alert {original.alert_id}
        </Link>
      ),
  }),
  timeColumn<SecurityEvent>('Taken in', ({ timestamp }) => timestamp),
];
