import { FieldsOrJson } from '../kit/fields-or-json.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { SilenceLink } from '../kit/silence-link.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { AlertFields } from './alert-fields.tsx';
import type { AlertSearch } from './alert-search.ts';
import { type Alert, VERDICTS } from './alert-values.ts';
import { RaisingEventFields } from './raising-event-fields.tsx';
import { TriageButtons } from './triage-buttons.tsx';
import type { Triage } from './use-triage.ts';

type Props = {
  alert: Alert;
  onFilter: (change: Partial<AlertSearch>) => void;
  /** Left out while the keys mean other alerts than this one. */
  triage?: Triage | undefined;
};

/** What is known of an alert and of the event that raised it, and what can be done with it. */
export function AlertDetail({ alert, onFilter, triage }: Props) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <SeverityBadge severity={alert.severity} />
        <StatusBadge status={alert.status} />
        {alert.verdict && <span>{VERDICTS[alert.verdict].label}</span>}
        <SilenceLink event={alert.event} />
      </div>
      {triage && <TriageButtons triage={triage} />}
      <p className="break-words whitespace-pre-wrap">{alert.event.description || 'No description.'}</p>
      <FieldsOrJson value={alert}>
        <div className="space-y-4">
          <AlertFields alert={alert} onFilter={onFilter} />
          <RaisingEventFields event={alert.event} onFilter={onFilter} />
        </div>
      </FieldsOrJson>
    </>
  );
}
