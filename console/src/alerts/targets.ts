import type { AlertFilters } from './alert-filters.ts';
import type { Alert } from './alert-values.ts';

/** What is meant by an action: some alerts that are loaded, or all that match the filters, of which these are loaded. */
export type Targets = { alerts: readonly Alert[]; matching?: { filters: AlertFilters; count: number } | undefined };

/** "Alert 17" or "3 alerts". */
export function named({ alerts, matching }: Targets): string {
  const count = matching?.count ?? alerts.length;
  return count === 1 && alerts[0] ? `Alert ${alerts[0].id}` : `${count.toLocaleString('en')} alerts`;
}
