import { Link } from '@tanstack/react-router';
import { columnHelper } from '../kit/column.ts';
import { severityColumn, timeColumn } from '../kit/columns.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import type { Incident } from './incident-queries.ts';
import { TagChip } from './tag-chip.tsx';

const helper = columnHelper<Incident>();

export const incidentColumns = [
  severityColumn<Incident>('4.5rem'),
  helper.accessor('id', {
    header: 'Id',
    meta: { track: '4rem', from: 'wide' },
    cell: ({ row }) => <span className="text-muted tabular-nums">#{row.original.id}</span>,
  }),
  helper.accessor('title', {
    header: 'Title',
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ row: { original } }) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link
          to="/incidents/$id"
          params={{ id: String(original.id) }}
          tabIndex={-1}
          className="truncate font-medium hover:underline"
        >
          {original.title}
        </Link>
        {original.tags.map((tag) => (
          <TagChip key={tag} tag={tag} className="max-md:hidden" />
        ))}
      </span>
    ),
  }),
  helper.accessor('service', { header: 'Service', meta: { track: '8rem', from: 'wide' } }),
  helper.accessor('status', {
    header: 'Status',
    meta: { track: '6.5rem', from: 'medium' },
    cell: ({ row }) => <StatusBadge status={row.original.status} />,
  }),
  helper.accessor('assignee', {
    header: 'Assignee',
    meta: { track: '7rem', from: 'medium' },
    cell: ({ row }) => row.original.assignee ?? <span className="text-muted">Nobody</span>,
  }),
  timeColumn<Incident>('Opened', ({ created_at }) => created_at),
];
