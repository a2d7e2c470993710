import { RotateCw } from 'lucide-react';
import { DataTable } from '../kit/data-table.tsx';
import { ListFoot } from '../kit/list-foot.tsx';
import { SidePane } from '../kit/side-pane.tsx';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { deliveryColumns } from './delivery-columns.tsx';
import { DeliveryDetail } from './delivery-detail.tsx';
import { DeliveryFilterPanel } from './delivery-filter-panel.tsx';
import { NoDeliveries } from './no-deliveries.tsx';
import { RedeliverBar } from './redeliver-bar.tsx';
import { RedeliverFailed } from './redeliver-failed.tsx';
import { useDeliveryList } from './use-delivery-list.ts';

/** What was sent to channels, newest first, with one of them beside the list, in the place of the filters where it is narrow. */
export function DeliveriesPage() {
  const { preview, filters, found, list, change, open, close, clear, refresh } = useDeliveryList();
  function afterSending() {
    list.clear();
    refresh();
  }
  const actions = (
    <>
      <RedeliverFailed filters={filters} onDone={refresh} />
      <Button size="small" onClick={refresh}>
        <RotateCw aria-hidden className="size-4" />
        Refresh
      </Button>
    </>
  );
  return (
    <Page title="Deliveries" full actions={actions}>
      <div className="relative flex min-h-0 flex-1 flex-col lg:flex-row">
        <div className={preview ? 'contents max-2xl:hidden' : 'contents'}>
          <DeliveryFilterPanel search={filters} onChange={change} />
        </div>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {found.isEmpty ? (
            <NoDeliveries filters={filters} onClear={clear} />
          ) : (
            <DataTable
              label="Deliveries"
              columns={deliveryColumns}
              rows={found.rows}
              list={list}
              onOpen={open}
              openId={preview}
              onEnd={found.loadMore}
              foot={<ListFoot list={found} />}
            />
          )}
          {list.selection.ids.size > 0 && <RedeliverBar ids={[...list.selection.ids]} onDone={afterSending} />}
        </div>
        {preview && (
          <SidePane title={`Delivery ${preview}`} onClose={close}>
            <DeliveryDetail key={preview} id={preview} onOpen={open} />
          </SidePane>
        )}
      </div>
    </Page>
  );
}
