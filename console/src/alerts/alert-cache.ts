import type { QueryClient } from '@tanstack/react-query';
import { newerOf } from '../kit/newer-of.ts';
import { withRow } from '../kit/use-cursor-list.ts';
import { ALERT_LISTS, alertQuery } from './alert-queries.ts';
import type { Alert } from './alert-values.ts';

type Patch = Partial<Alert>;
type Pages = Parameters<typeof withRow<Alert>>[0];

// Changes that are shown and not confirmed yet lie over the alert as the server knows it, so that each can be taken back
// or confirmed alone, in any order.
const patches = new Map<number, Set<Patch>>();
const known = new Map<number, Alert>();

/** Shows a change of an alert wherever the alert is shown. What it answers ends that. */
export function showPatch(queries: QueryClient, { alert, patch }: { alert: Alert; patch: Patch }): () => void {
  const laid = patches.get(alert.id) ?? new Set();
  if (laid.size === 0) known.set(alert.id, alert);
  patches.set(alert.id, laid.add(patch));
  render(queries, known.get(alert.id) ?? alert);
  return () => {
    if (!laid.delete(patch)) return;
    render(queries, known.get(alert.id) ?? alert);
    if (laid.size > 0) return;
    patches.delete(alert.id);
    known.delete(alert.id);
  };
}

/** Puts an alert, as the server has it now, in the place of what was known of it, unless that is of a later state. */
export function putAlert(queries: QueryClient, alert: Alert): void {
  if (known.has(alert.id)) known.set(alert.id, newerOf(known.get(alert.id), alert));
  render(queries, alert);
}

/** The alert without what is shown ahead of the server. */
export const confirmed = (alert: Alert): Alert => known.get(alert.id) ?? alert;

function render(queries: QueryClient, alert: Alert): void {
  const shown: Alert = Object.assign({}, alert, ...(patches.get(alert.id) ?? []));
  queries.setQueryData<Alert>(alertQuery(alert.id).queryKey, (before) => newerOf(before, shown));
  queries.setQueriesData<Pages>({ queryKey: ALERT_LISTS }, (pages) => withRow(pages ?? undefined, shown));
}
