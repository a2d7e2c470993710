import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { useListKeys } from '../kit/use-list-keys.ts';
import { type Delivery, deliveryListKey, loadDeliveries } from './delivery-queries.ts';
import type { DeliverySearch } from './delivery-search.ts';

const route = getRouteApi('/app/admin/deliveries');

/** What the address says of the list of deliveries, its rows, and its keys. */
export function useDeliveryList() {
  const { preview, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const found = useCursorList<Delivery>({
    queryKey: deliveryListKey(filters),
    load: (cursor, signal) => loadDeliveries(filters, { cursor, signal }),
  });
  const change = useCallback(
    (changed: Partial<DeliverySearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const open = useCallback((id: number) => change({ preview: id }), [change]);
  const close = () => change({ preview: undefined });
  const clear = () => void navigate({ search: {} });
  const list = useListKeys({ ids: found.ids, things: 'deliveries', onOpen: open, onClose: close });
  const refresh = () => void found.refresh();
  useActions('Deliveries', [{ label: 'Show new deliveries', keys: '.', run: refresh }]);
  return { preview, filters, found, list, change, open, close, clear, refresh };
}
