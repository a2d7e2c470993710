import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../api/api-problem.ts';
import { Page } from '../shell/page.tsx';
import { buttonClasses } from '../ui/button.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentFields } from './incident-fields.tsx';
import { IncidentHead } from './incident-head.tsx';
import { incidentQuery } from './incident-queries.ts';
import { IncidentTabs } from './incident-tabs.tsx';
import { useIncidentNews } from './use-incident-news.ts';

const route = getRouteApi('/app/incidents/$id');

/** One incident: what it is, what is done about it, and all that belongs to it. */
export function IncidentPage() {
  const id = Number(route.useParams().id);
  const { data: incident, error, refetch } = useQuery(incidentQuery(id));
  useIncidentNews(id);
  return (
    <Page key={id} title={`Incident ${id}`} actions={incident && <IncidentActions incident={incident} />}>
      {error && (!incident || isMissing(error)) ? (
        <ProblemState error={error} onRetry={() => void refetch()}>
          {isMissing(error) && (
            <Link to="/incidents" search={{ shelf: 'deleted' }} className={buttonClasses({})}>
              See what was deleted
            </Link>
          )}
          <Link to="/incidents" className={buttonClasses({})}>
            All incidents
          </Link>
        </ProblemState>
      ) : !incident ? (
        <div className="p-4">
          <ProgressBar label="Loading the incident" />
        </div>
      ) : (
        <div className="lg:grid lg:min-h-[calc(100vh-3rem)] lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
          <IncidentHead incident={incident} />
          <aside aria-label="Fields" className="border-line max-lg:border-y lg:row-span-2 lg:border-l">
            <IncidentFields incident={incident} />
          </aside>
          <IncidentTabs id={id} />
        </div>
      )}
    </Page>
  );
}

/** Any other failure leaves the page as it is: somebody may be writing a note. */
function isMissing(error: Error): boolean {
  return error instanceof ApiProblem && error.status === 404;
}
