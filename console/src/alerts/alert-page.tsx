import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useLiveChanges } from '../kit/use-live-changes.ts';
import { Page } from '../shell/page.tsx';
import { buttonClasses } from '../ui/button.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { AlertDetail } from './alert-detail.tsx';
import { AlertEscalation } from './alert-escalation.tsx';
import { AlertEvents } from './alert-events.tsx';
import { alertQuery } from './alert-queries.ts';
import { BulkOutcome } from './bulk-outcome.tsx';
import { TriageDialogs } from './triage-dialogs.tsx';
import { useTriage } from './use-triage.ts';

const route = getRouteApi('/app/alerts/$id');

/** One alert on a page of its own, with its events and who was told. */
export function AlertPage() {
  const id = Number(route.useParams().id);
  const navigate = useNavigate();
  const { data: alert, error, refetch } = useQuery(alertQuery(id));
  const triage = useTriage({ targets: alert ? { alerts: [alert] } : null });
  useLiveChanges('alert', ({ changed, afresh }) => {
    if (afresh || changed.has(id)) void refetch();
  });
  return (
    <Page key={id} title={`Alert ${id}`}>
      {error && !alert && (
        <ProblemState error={error} onRetry={() => void refetch()}>
          <Link to="/alerts" className={buttonClasses({})}>
            All alerts
          </Link>
        </ProblemState>
      )}
      {!error && !alert && (
        <div className="p-4">
          <ProgressBar label="Loading the alert" />
        </div>
      )}
      {alert && (
        <div className="grid items-start gap-x-10 gap-y-4 p-4 xl:grid-cols-2">
          <div className="min-w-0 space-y-4">
            <AlertDetail
              alert={alert}
              triage={triage}
              onFilter={(search) => void navigate({ to: '/alerts', search })}
            />
          </div>
          <div className="min-w-0 space-y-6">
            <AlertEvents alert={alert} />
            <AlertEscalation id={id} />
          </div>
        </div>
      )}
      {triage.bulk && <BulkOutcome state={triage.bulk} onOpen={() => undefined} onDismiss={triage.dismiss} />}
      <TriageDialogs triage={triage} />
    </Page>
  );
}
