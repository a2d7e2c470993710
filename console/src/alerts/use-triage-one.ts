import { useQueryClient } from '@tanstack/react-query';
import { useChange } from '../kit/use-change.ts';
import { useSelf } from '../session/use-self.ts';
import { putAlert, showPatch } from './alert-cache.ts';
import type { Alert } from './alert-values.ts';
import { explainDifference } from './explain-difference.ts';
import { type Decision, decidedUpon, readAlert, sendChange } from './send-change.ts';
import { patchOf, said } from './triage-change.ts';

/** Triage of one alert: at once on the screen, with undo, and with an explanation when somebody else was first. */
export function useTriageOne() {
  const queries = useQueryClient();
  const { username } = useSelf();
  const ends = new WeakMap<Decision, () => void>();
  const options = {
    send: sendChange,
    show: (decision: Decision) => {
      const { seen: alert, change } = decision;
      const end = showPatch(queries, { alert, patch: patchOf(change, username) });
      ends.set(decision, end);
      return end;
    },
    settle: (alert: Alert, decision: Decision) => {
      putAlert(queries, alert);
      ends.get(decision)?.();
    },
    says: ({ seen, change }: Decision) => said(change, `Alert ${seen.id}`),
    explain: async ({ seen }: Decision) => {
      const now = await readAlert(seen.id);
      putAlert(queries, now);
      return explainDifference(decidedUpon(seen), now);
    },
  };
  // There is no way back from acknowledged or resolved, so these wait for an undo before they are sent.
  const moving = useChange({ ...options, undo: 'hold' });
  const assigning = useChange({ ...options, undo: handBack });

  async function handBack(alert: Alert, { seen }: Decision): Promise<void> {
    const change = { action: 'assign', assignee: seen.assignee } as const;
    putAlert(queries, await sendChange({ seen: alert, change }));
  }
  return (decision: Decision) => (decision.change.action === 'assign' ? assigning : moving).change(decision);
}
