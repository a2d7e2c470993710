import { DataTable } from '../kit/data-table.tsx';
import { ExportButton } from '../kit/export-button.tsx';
import { ListFoot } from '../kit/list-foot.tsx';
import { RefreshPill } from '../kit/refresh-pill.tsx';
import { SearchBox } from '../kit/search-box.tsx';
import { ViewsMenu } from '../kit/views-menu.tsx';
import { Page } from '../shell/page.tsx';
import { alertColumns } from './alert-columns.tsx';
import { AlertFacets } from './alert-facets.tsx';
import { AlertFilterBar } from './alert-filter-bar.tsx';
import { AlertPreview } from './alert-preview.tsx';
import { AlertTimeline } from './alert-timeline.tsx';
import { AlertWork } from './alert-work.tsx';
import { NoAlerts } from './no-alerts.tsx';
import { TriageDialogs } from './triage-dialogs.tsx';
import { useAlertList } from './use-alert-list.ts';
import { useAlertNews } from './use-alert-news.ts';

/** Alerts, newest first, with one of them beside the list. */
export function AlertsPage() {
  const alerts = useAlertList();
  const { search, change, searchFor, open, preview, filters, focused, triage, isSelecting } = alerts;
  const header = (
    <>
      <AlertFilterBar search={search} onChange={change} />
      <SearchBox label="Search alerts" value={search.search ?? ''} onChange={searchFor} />
      <ViewsMenu screen="alerts" search={search} onOpen={open} />
      <ExportButton things="alerts" filters={filters} />
    </>
  );
  return (
    <Page title="Alerts" full actions={header}>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <AlertFacets search={search} onChange={change} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <AlertTimeline search={search} onChange={change} />
          <Rows alerts={alerts} />
          <AlertWork alerts={alerts} />
        </div>
        {search.preview && (
          <AlertPreview
            id={search.preview}
            {...focused}
            triage={isSelecting ? undefined : triage}
            onClose={() => preview(undefined)}
            onFilter={change}
          />
        )}
      </div>
      <TriageDialogs triage={triage} />
    </Page>
  );
}

function Rows({ alerts }: { alerts: ReturnType<typeof useAlertList> }) {
  const { search, open, preview, filters, found, list } = alerts;
  const { rows, ids, isSuccess, isEmpty, refresh, loadMore } = found;
  const news = useAlertNews({ filters, ids, isLoaded: isSuccess, refresh });

  if (isEmpty) return <NoAlerts search={search} onClear={() => open({})} />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <RefreshPill things="alerts" news={news} onShow={() => void refresh()} />
      <DataTable
        label="Alerts"
        columns={alertColumns}
        rows={rows}
        list={list}
        onOpen={preview}
        openId={search.preview}
        onEnd={loadMore}
        foot={<ListFoot list={found} />}
      />
    </div>
  );
}
