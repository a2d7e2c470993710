import { redirect } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { selfQuery } from '../session/session.ts';
import { type Screen, viewSearch, viewsQuery, viewText } from './view-queries.ts';

type Search = Record<string, string | number | undefined> & { preview?: number | undefined };
type Entry = { cause: 'enter' | 'stay' | 'preload'; search: Search };

/** `beforeLoad` of a list: whoever comes without filters is taken to their default view. Clearing them later is not. */
export function openDefaultView(screen: Screen, to: '/alerts') {
  return async ({ cause, search }: Entry) => {
    if (cause !== 'enter' || viewText(search) !== '') return;
    // A list without its view is better than no list.
    const views = await queryClient.ensureQueryData(viewsQuery(screen)).catch(() => []);
    const self = await queryClient.ensureQueryData(selfQuery);
    const view = views.find((candidate) => candidate.default && candidate.owner === self.username);
    if (view && view.query !== '')
      throw redirect({ to, search: { ...viewSearch(view), preview: search.preview }, replace: true });
  };
}
