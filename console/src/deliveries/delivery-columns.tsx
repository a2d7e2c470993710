import { columnHelper } from '../kit/column.ts';
import { timeColumn } from '../kit/columns.tsx';
import { DeliveryStatus } from '../kit/delivery-status.tsx';
import { ChannelName } from './channel-name.tsx';
import type { Delivery } from './delivery-queries.ts';

const helper = columnHelper<Delivery>();

export const deliveryColumns = [
  helper.accessor('status', {
    header: 'Status',
    meta: { track: '6.5rem' },
    cell: ({ row }) => <DeliveryStatus status={row.original.status} />,
  }),
  helper.accessor('id', {
    header: 'Id',
    meta: { track: '4rem', from: 'wide' },
    cell: ({ row }) => <span className="text-muted tabular-nums">#{row.original.id}</span>,
  }),
  helper.accessor('channel_id', {
    header: 'Channel',
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ row }) => <ChannelName id={row.original.channel_id} />,
  }),
  helper.accessor('kind', { header: 'Kind', meta: { track: '9.5rem', from: 'medium' } }),
  helper.accessor('subject', { header: 'About', meta: { track: '7rem', from: 'medium' } }),
  helper.display({
    id: 'came',
    header: 'Came back',
    meta: { track: 'minmax(0, 1fr)', from: 'wide' },
    cell: ({ row: { original } }) => <span className="text-muted">{cameBack(original)}</span>,
  }),
  helper.accessor('attempt_count', {
    header: 'Attempts',
    meta: { track: '4rem', from: 'wide' },
    cell: ({ row }) => <span className="tabular-nums">{row.original.attempt_count}</span>,
  }),
  timeColumn<Delivery>('Made', ({ created_at }) => created_at),
];

function cameBack({ last_attempt: last }: Delivery): string {
  if (!last) return '–';
  return last.error ?? `HTTP ${last.status}`;
}
