import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { toast, toastProblem } from '../shell/toast.ts';
import { putAlert } from './alert-cache.ts';
import { type Outcome, sendBulk } from './send-bulk.ts';
import { named, type Targets } from './targets.ts';
import type { Promotion } from './triage-change.ts';
import { type BulkState, reread, toldOf } from './use-triage-many.ts';

type Work = { targets: Targets; promotion: Promotion };

/** Makes alerts part of an incident. `onTold` hears what could not be done. */
export function usePromote(onTold: (state: BulkState | null) => void) {
  const queries = useQueryClient();
  const promote = useMutation({
    mutationFn: ({ targets, promotion }: Work) =>
      sendBulk({ targets, body: { action: 'promote', ...promotion }, report: () => undefined }),
    onSuccess: async (outcome, { targets }) => {
      const what = `${named(targets)} linked to incident ${outcome.incidentId}`;
      onTold(toldOf(what, outcome));
      const undo = () => void unlink(outcome).then(() => refresh(targets), toastProblem);
      if (outcome.done.length > 0) toast({ title: what, undo });
      await refresh(targets);
    },
    onError: toastProblem,
  });

  /** A new incident stays, without alerts: it may have been looked at. */
  async function unlink({ done, incidentId }: Outcome): Promise<void> {
    for (const alert_id of done) {
      const path = { id: incidentId ?? 0, alert_id };
      await answerOf(client.DELETE('/incidents/{id}/alerts/{alert_id}', { params: { path } }));
    }
  }
  async function refresh({ alerts }: Targets): Promise<void> {
    for (const alert of await reread(alerts)) putAlert(queries, alert);
  }
  return promote.mutateAsync;
}
