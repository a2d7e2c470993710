import { columnHelper } from '../kit/column.ts';
import { timeColumn } from '../kit/columns.tsx';
import type { AuditRow } from './audit-queries.ts';

const helper = columnHelper<AuditRow>();

export const auditColumns = [
  helper.accessor('id', {
    header: 'Row',
    meta: { track: '4.5rem', from: 'wide' },
    cell: ({ getValue }) => <span className="text-muted tabular-nums">{getValue()}</span>,
  }),
  timeColumn<AuditRow>('Time', ({ timestamp }) => timestamp),
  helper.accessor('actor', { header: 'Actor', meta: { track: 'minmax(0, 1fr)' } }),
  helper.accessor('action', {
    header: 'Action',
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
  }),
  helper.accessor('target', { header: 'Target', meta: { track: 'minmax(0, 1fr)', from: 'medium' } }),
  helper.accessor('ip', {
    header: 'Address',
    meta: { track: '8rem', from: 'wide' },
    cell: ({ getValue }) => <span className="text-muted">{getValue() ?? 'None'}</span>,
  }),
];
