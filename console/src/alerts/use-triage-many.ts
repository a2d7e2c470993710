import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../kit/use-change.ts';
import { useSelf } from '../session/use-self.ts';
import { confirmed, putAlert, showPatch } from './alert-cache.ts';
import { loadAlertsById, PAGE_ROWS } from './alert-queries.ts';
import type { Alert } from './alert-values.ts';
import { type Failure, type Outcome, sendBulk } from './send-bulk.ts';
import { named, type Targets } from './targets.ts';
import { patchOf, refusalOf, said, type TriageChange } from './triage-change.ts';

type Work = { targets: Targets; change: TriageChange };
export type BulkState = { label: string; progress: number | null; failures: readonly Failure[]; left: boolean };

/** Triage of many alerts at once. `state` is how far it has come, and afterwards what could not be done. */
export function useTriageMany() {
  const queries = useQueryClient();
  const { username } = useSelf();
  const [state, setState] = useState<BulkState | null>(null);
  const ends = new WeakMap<Work, () => void>();

  function show(work: Work) {
    const { targets, change } = work;
    const patch = patchOf(change, username);
    const shown = targets.alerts
      .filter((alert) => !refusalOf(change, alert))
      .map((alert) => showPatch(queries, { alert: confirmed(alert), patch }));
    const end = () => {
      for (const takeBack of shown) takeBack();
    };
    ends.set(work, end);
    return end;
  }
  async function send({ targets, change }: Work): Promise<Outcome> {
    const total = targets.matching?.count ?? targets.alerts.length;
    const label = said(change, named(targets));
    const report = (done: number) => setState({ label, progress: done / total, failures: [], left: false });
    report(0);
    try {
      const outcome = await sendBulk({ targets, body: change, report });
      setState(toldOf(label, outcome));
      return outcome;
    } catch (error) {
      setState(null);
      throw error;
    }
  }
  async function settle(_: Outcome, work: Work) {
    // Without them as they are now, what was shown ahead is taken back all the same.
    const now = await reread(work.targets.alerts).catch(() => []);
    for (const alert of now) putAlert(queries, alert);
    ends.get(work)?.();
  }
  const { change } = useChange({
    send,
    show,
    settle: (outcome, work) => void settle(outcome, work),
    says: (work) => said(work.change, named(work.targets)),
    undo: 'hold',
  });
  return { change, state, dismiss: () => setState(null), tell: setState };
}

/** What is left to say when it is over: nothing when all was done. */
export function toldOf(label: string, { failures, left }: Outcome): BulkState | null {
  return failures.length > 0 || left ? { label, progress: null, failures, left } : null;
}

export async function reread(alerts: readonly Alert[]): Promise<Alert[]> {
  const ids = alerts.map(({ id }) => id);
  const pages: Alert[][] = [];
  for (let at = 0; at < ids.length; at += PAGE_ROWS) pages.push(await loadAlertsById(ids.slice(at, at + PAGE_ROWS)));
  return pages.flat();
}
