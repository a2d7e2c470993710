import { columnHelper } from './column.ts';
import { SeverityBadge } from './severity-badge.tsx';
import type { Severity } from './severity-looks.ts';
import { TimeText } from './time-text.tsx';

/** The severity of each row. */
export function severityColumn<Item extends { severity: Severity }>(track = '5.5rem') {
  return columnHelper<Item>().display({
    id: 'severity',
    header: 'Severity',
    meta: { track },
    cell: ({ row }) => <SeverityBadge severity={row.original.severity} />,
  });
}

/** A time of each row. */
export function timeColumn<Item extends object>(header: string, timeOf: (item: Item) => string | null) {
  return columnHelper<Item>().display({
    id: 'time',
    header,
    meta: { track: '5.5rem' },
    cell: ({ row }) => <TimeText time={timeOf(row.original)} className="text-muted" />,
  });
}
