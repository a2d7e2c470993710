import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';

export type Delivery = Schemas['DeliverySummary'];
export type DeliveryState = Delivery['status'];
export type DeliveryKind = Delivery['kind'];

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const satisfies DeliveryState[];

export const DELIVERY_KINDS = [
  'alert.raised',
  'alert.escalated',
  'alert.acknowledged',
  'alert.resolved',
  'alert.reopened',
  'alert.target_missed',
  'silence.ended',
  'test',
] as const satisfies DeliveryKind[];

const PAGE_ROWS = 100;
const LOOK_MS = 1000;

/** One delivery, looked at again for as long as it is on its way. */
export const deliveryQuery = (id: number) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: ({ signal }) => answerOf(client.GET('/deliveries/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? LOOK_MS : false),
  });

export type DeliveryFilters = {
  status?: DeliveryState | undefined;
  channel?: number | undefined;
  kind?: DeliveryKind | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

export const deliveryListKey = (filters: DeliveryFilters) => ['deliveries', filters] as const;

type Place = { cursor: string | undefined; signal: AbortSignal };

/** Newest first; of those that failed the last to fail. */
export function loadDeliveries(filters: DeliveryFilters, { cursor, signal }: Place) {
  const sort = filters.status === 'failed' ? ({ sort_by: 'finished_at' } as const) : {};
  const query = { ...filters, ...sort, limit: PAGE_ROWS, cursor };
  return answerOf(client.GET('/deliveries', { params: { query }, signal }));
}
