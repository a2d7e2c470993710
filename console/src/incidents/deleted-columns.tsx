import { columnHelper } from '../kit/column.ts';
import { severityColumn } from '../kit/columns.tsx';
import { TimeText } from '../kit/time-text.tsx';
import type { Incident } from './incident-queries.ts';
import { RestoreButton } from './restore-button.tsx';

const helper = columnHelper<Incident>();

export const deletedColumns = [
  severityColumn<Incident>('4.5rem'),
  helper.accessor('title', { header: 'Title', meta: { track: 'minmax(0, 1fr)' } }),
  helper.accessor('owner', { header: 'Owner', meta: { track: '7rem', from: 'medium' } }),
  helper.accessor('deleted_at', {
    header: 'Deleted',
    meta: { track: '6rem', from: 'medium' },
    cell: ({ row }) => <TimeText time={row.original.deleted_at} className="text-muted" />,
  }),
  helper.display({
    id: 'restore',
    header: 'Way back',
    meta: { track: '5.5rem' },
    cell: ({ row }) => <RestoreButton incident={row.original} />,
  }),
];
