import { SidePane } from '../kit/side-pane.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { AlertDetail } from './alert-detail.tsx';
import type { AlertSearch } from './alert-search.ts';
import type { Alert } from './alert-values.ts';
import type { Triage } from './use-triage.ts';

type Props = {
  id: number;
  alert: Alert | undefined;
  error: Error | null;
  triage: Triage | undefined;
  onClose: () => void;
  onFilter: (change: Partial<AlertSearch>) => void;
};

/** One alert beside the list. */
export function AlertPreview({ id, alert, error, triage, onClose, onFilter }: Props) {
  return (
    <SidePane title={`Alert ${id}`} page={{ to: '/alerts/$id', id }} onClose={onClose}>
      {alert && <AlertDetail key={id} alert={alert} triage={triage} onFilter={onFilter} />}
      {!alert && (error ? <ProblemState error={error} /> : <ProgressBar label="Loading the alert" />)}
    </SidePane>
  );
}
