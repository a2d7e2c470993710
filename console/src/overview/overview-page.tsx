import { getRouteApi } from '@tanstack/react-router';
import { LayoutDashboard } from 'lucide-react';
import { FirstEvent } from '../kit/first-event.tsx';
import { RangeChoice } from '../kit/range-choice.tsx';
import { rangeOf } from '../kit/range-search.ts';
import { Page } from '../shell/page.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { OverviewPanels } from './overview-panels.tsx';
import { useFreshFigures } from './use-fresh-figures.ts';
import { useOverview } from './use-overview.ts';

const route = getRouteApi('/app/');

const USUAL = '24h';

/** How things stand, and how they went of late. It keeps itself up to date. */
export function OverviewPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = rangeOf(search, USUAL);
  const { data: summary, error, refetch, isEmpty } = useOverview(range);
  useFreshFigures();

  const choice = <RangeChoice search={search} usual={USUAL} onChange={(chosen) => void navigate({ search: chosen })} />;
  return (
    <Page title="Overview" actions={!isEmpty && choice}>
      {isEmpty && (
        <EmptyState
          icon={LayoutDashboard}
          title="Nothing has happened yet"
          text="This page fills as events come in. Send a first one: paste this into a terminal."
        >
          <FirstEvent />
        </EmptyState>
      )}
      {!isEmpty && summary && <OverviewPanels summary={summary} range={range} />}
      {!isEmpty && !summary && error && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!isEmpty && !summary && !error && (
        <div className="p-4">
          <ProgressBar label="Loading the overview" />
        </div>
      )}
    </Page>
  );
}
