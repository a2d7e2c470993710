import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { useChange } from '../kit/use-change.ts';
import { linkedAlertsKey } from './linked-alert-queries.ts';

type Alert = Schemas['Alert'];
type Pages = InfiniteData<Schemas['AlertPage'], string | undefined>;

/** Links alerts to an incident, and takes them off it. */
export function useAlertLinks(id: number) {
  const queries = useQueryClient();
  const path = { id };
  function refresh() {
    void queries.resetQueries({ queryKey: linkedAlertsKey(id) });
    void queries.resetQueries({ queryKey: ['incident', id, 'timeline'] });
  }

  async function link(alertIds: number[]): Promise<Schemas['LinkResults']> {
    const results = await answerOf(
      client.POST('/incidents/{id}/alerts', { params: { path }, body: { alert_ids: alertIds } }),
    );
    refresh();
    return results;
  }

  const unlinking = useChange<Alert, unknown>({
    send: ({ id: alert_id }) =>
      client.DELETE('/incidents/{id}/alerts/{alert_id}', { params: { path: { id, alert_id } } }),
    show: (alert) => {
      const before = queries.getQueryData<Pages>(linkedAlertsKey(id));
      queries.setQueryData<Pages>(linkedAlertsKey(id), (pages) => withoutAlert(pages, alert));
      return () => queries.setQueryData(linkedAlertsKey(id), before);
    },
    says: (alert) => `Alert ${alert.id} unlinked`,
    undo: (_, alert) => link([alert.id]),
  });

  return { link, unlink: unlinking.change };
}

function withoutAlert(pages: Pages | undefined, { id }: Alert): Pages | undefined {
  return (
    pages && {
      ...pages,
      pages: pages.pages.map((page) => ({ ...page, data: page.data.filter((other) => other.id !== id) })),
    }
  );
}
