import { Link } from '@tanstack/react-router';
import { Fields } from '../kit/fields.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { AlertMarks } from './alert-marks.tsx';
import type { AlertSearch } from './alert-search.ts';
import type { Alert } from './alert-values.ts';
import { FilterValue } from './filter-value.tsx';
import { TargetText } from './target-text.tsx';

type Props = { alert: Alert; onFilter: (change: Partial<AlertSearch>) => void };

/** The fields of an alert itself. */
export function AlertFields({ alert, onFilter }: Props) {
  const { assignee, incident_id, previous_id, dedup_key, acknowledge_by, resolve_by } = alert;
  const { acknowledged_at, resolved_at } = alert;
  return (
    <Fields
      label="Alert"
      fields={[
        ['Marks', isMarked(alert) ? <AlertMarks key="marks" alert={alert} /> : null],
        ['Assignee', assignee && <FilterValue field="assignee" value={assignee} onFilter={onFilter} />],
        ['Incident', incident_id && <IncidentLink key="incident" id={incident_id} />],
        ['Acknowledge by', acknowledge_by && <TargetText by={acknowledge_by} {...acknowledging(alert)} />],
        ['Resolve by', resolve_by && <TargetText by={resolve_by} {...resolving(alert)} />],
        ['Events', alert.event_count],
        ['First seen', <TimeText key="first" time={alert.first_seen} />],
        ['Last seen', <TimeText key="last" time={alert.last_seen} />],
        ['Acknowledged', acknowledged_at && <Done key="ack" by={alert.acknowledged_by} at={acknowledged_at} />],
        ['Resolved', resolved_at && <Done key="res" by={alert.resolved_by} at={resolved_at} />],
        ['Same before', previous_id && <Previous key="previous" id={previous_id} count={alert.recurrences} />],
        ['Dedup key', dedup_key && <FilterValue field="dedup_key" value={dedup_key} onFilter={onFilter} />],
      ]}
    />
  );
}

const isMarked = ({ flapping, acknowledge_breached, resolve_breached }: Alert) =>
  flapping || acknowledge_breached || resolve_breached;

const acknowledging = ({ acknowledged_at, resolved_at, acknowledge_breached }: Alert) => ({
  doneAt: acknowledged_at ?? resolved_at,
  isMissed: acknowledge_breached,
});

const resolving = ({ resolved_at, resolve_breached }: Alert) => ({ doneAt: resolved_at, isMissed: resolve_breached });

function Done({ by, at }: { by: string | null; at: string }) {
  return (
    <>
      {by ?? 'the system'}, <TimeText time={at} />
    </>
  );
}

function IncidentLink({ id }: { id: number }) {
  return (
    <Link to="/incidents/$id" params={{ id: String(id) }} className="underline">
      #{id}
    </Link>
  );
}

function Previous({ id, count }: { id: number; count: number }) {
  return (
    <>
      <Link to="/alerts/$id" params={{ id: String(id) }} className="underline">
        Alert {id}
      </Link>
      {count > 0 && `, ${count} in a day`}
    </>
  );
}
