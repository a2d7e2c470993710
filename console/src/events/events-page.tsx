import { getRouteApi } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useCallback } from 'react';
import { DataTable } from '../kit/data-table.tsx';
import { ExportButton } from '../kit/export-button.tsx';
import { ListFoot } from '../kit/list-foot.tsx';
import { RefreshPill } from '../kit/refresh-pill.tsx';
import { SearchBox } from '../kit/search-box.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { useListKeys } from '../kit/use-list-keys.ts';
import { ViewsMenu } from '../kit/views-menu.tsx';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { eventColumns } from './event-columns.tsx';
import { EventFacets } from './event-facets.tsx';
import { EventFilterBar } from './event-filter-bar.tsx';
import { EventPreview } from './event-preview.tsx';
import { eventFilters, eventListKey, loadEvents, type SecurityEvent } from './event-queries.ts';
import type { EventSearch } from './event-search.ts';
import { EventTimeline } from './event-timeline.tsx';
import { NoEvents } from './no-events.tsx';
import { useEventNews } from './use-event-news.ts';

const route = getRouteApi('/app/events');

/** Events, newest first, with one of them beside the list. */
export function EventsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filters = eventFilters(search);
  const found = useCursorList<SecurityEvent>({
    queryKey: eventListKey(filters),
    load: (cursor, signal) => loadEvents(filters, { cursor, signal }),
  });
  const change = useCallback(
    (changed: Partial<EventSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const searchFor = useCallback((text: string) => change({ search: text || undefined }), [change]);
  const preview = useCallback((id: number) => change({ preview: id }), [change]);
  const close = () => change({ preview: undefined });
  const list = useListKeys({ ids: found.ids, things: 'events', onOpen: preview, onClose: close });
  const news = useEventNews(filters, found.ids);

  const actions = (
    <>
      <EventFilterBar search={search} onChange={change} />
      <SearchBox label="Search events" value={search.search ?? ''} onChange={searchFor} />
      <ViewsMenu screen="events" search={search} onOpen={(view) => void navigate({ search: view })} />
      <Button size="small" onClick={() => void found.refresh()}>
        <RotateCw aria-hidden className="size-4" />
        Refresh
      </Button>
      <ExportButton things="events" filters={filters} />
    </>
  );
  return (
    <Page title="Events" full actions={actions}>
      <div className="relative flex min-h-0 flex-1 flex-col lg:flex-row">
        <EventFacets search={search} onChange={change} />
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
          <RefreshPill things="events" news={news} onShow={() => void found.refresh()} />
          <EventTimeline search={search} onChange={change} />
          {found.isEmpty ? (
            <NoEvents search={search} onClear={() => void navigate({ search: {} })} />
          ) : (
            <DataTable
              label="Events"
              columns={eventColumns}
              rows={found.rows}
              list={list}
              onOpen={preview}
              openId={search.preview}
              onEnd={found.loadMore}
              foot={<ListFoot list={found} />}
            />
          )}
        </div>
        {search.preview && <EventPreview id={search.preview} onClose={close} search={search} onFilter={change} />}
      </div>
    </Page>
  );
}
