import { columnHelper } from '../kit/column.ts';
import { TimeText } from '../kit/time-text.tsx';
import type { AuditRow } from './audit-queries.ts';

const helper = columnHelper<AuditRow>();

export const auditColumns = [
  helper.accessor('id', {
    header: 'Row',
    meta: { track: '4.5rem', from: 'wide' },
    cell: ({ getValue }) => <span className="text-muted tabular-nums">{getValue()}</span>,
  }),
  helper.accessor('timestamp', {
    header: 'Time',
    meta: { track: '6rem' },
    cell: ({ getValue }) => <TimeText time={getValue()} className="text-muted" />,
  }),
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
