import { Link } from '@tanstack/react-router';
import { columnHelper } from '../kit/column.ts';
import { severityColumn, timeColumn } from '../kit/columns.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { AlertMarks } from './alert-marks.tsx';
import type { Alert } from './alert-values.ts';

const helper = columnHelper<Alert>();

export const alertColumns = [
  severityColumn<Alert>(),
  helper.accessor('id', {
    header: 'Id',
    meta: { track: '4rem', from: 'wide' },
    cell: ({ row: { original } }) => (
      <Link
        to="/alerts/$id"
        params={{ id: String(original.id) }}
        tabIndex={-1}
        className="text-muted tabular-nums hover:underline"
      >
        #{original.id}
      </Link>
    ),
  }),
  helper.accessor(({ event }) => event.description, {
    id: 'what',
    header: 'What',
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ row: { original } }) => (
      <>
        {original.status !== 'open' && (
          <span className="mr-1.5 @2xl:hidden">
            <StatusBadge status={original.status} />
          </span>
        )}
        <AlertMarks alert={original} short />
        <span className="font-medium">{original.event.event_type}</span>{' '}
        <span className="text-muted">{original.event.description}</span>
      </>
    ),
  }),
  helper.accessor(({ event }) => event.source, {
    id: 'source',
    header: 'Source',
    meta: { track: '9rem', from: 'medium' },
  }),
  helper.accessor('status', {
    header: 'Status',
    meta: { track: '8.25rem', from: 'medium' },
    cell: ({ row }) => <StatusBadge status={row.original.status} />,
  }),
  helper.accessor('assignee', {
    header: 'Assignee',
    meta: { track: '6.5rem', from: 'wide' },
    cell: ({ row }) => row.original.assignee ?? <span className="text-muted">Nobody</span>,
  }),
  helper.accessor('event_count', {
    header: 'Events',
    meta: { track: '3.5rem', from: 'wide' },
    cell: ({ row }) => <span className="tabular-nums">{row.original.event_count}</span>,
  }),
  timeColumn<Alert>('Last seen', ({ last_seen }) => last_seen),
];
