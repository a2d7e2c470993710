import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ExportButton } from '../kit/export-button.tsx';
import { SearchBox } from '../kit/search-box.tsx';
import { useActions } from '../kit/use-actions.ts';
import { ViewsMenu } from '../kit/views-menu.tsx';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { IncidentFacets } from './incident-facets.tsx';
import { IncidentFilterBar } from './incident-filter-bar.tsx';
import { IncidentList } from './incident-list.tsx';
import { incidentFilters } from './incident-queries.ts';
import type { IncidentSearch } from './incident-search.ts';
import { NewIncidentDialog } from './new-incident-dialog.tsx';
import { ShelfChoice } from './shelf-choice.tsx';

const route = getRouteApi('/app/incidents');

/** Incidents, newest first. */
export function IncidentsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filters = incidentFilters(search);
  const change = useCallback(
    (changed: Partial<IncidentSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const searchFor = useCallback((text: string) => change({ search: text || undefined }), [change]);
  const openForm = () => change({ new: true });
  useActions('Incidents', [{ label: 'Open a new incident', keys: 'c', run: openForm }]);

  const actions = (
    <>
      <IncidentFilterBar search={search} onChange={change} />
      <SearchBox label="Search incidents" value={search.search ?? ''} onChange={searchFor} />
      <ViewsMenu screen="incidents" search={search} onOpen={(view) => void navigate({ search: view })} />
      <ShelfChoice shelf={search.shelf} onChange={(shelf) => change({ shelf })} />
      <ExportButton things="incidents" filters={filters} />
      <Button look="primary" size="small" onClick={openForm}>
        New incident
      </Button>
    </>
  );
  return (
    <Page title="Incidents" full actions={actions}>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <IncidentFacets search={search} onChange={change} />
        <IncidentList
          key={search.shelf}
          search={search}
          filters={filters}
          onClear={() => void navigate({ search: { shelf: search.shelf } })}
          onCreate={openForm}
        />
      </div>
      {search.new && <NewIncidentDialog onClose={() => change({ new: undefined })} />}
    </Page>
  );
}
