import { onlineManager } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { selfQuery } from '../session/session.ts';
import { type Screen, type ScreenSearch, viewSearch, viewsQuery, viewText } from './view-queries.ts';

type Search = ScreenSearch & { preview?: number | undefined };
type Entry = { cause: 'enter' | 'stay' | 'preload'; search: Search };

/** `beforeLoad` of a list: whoever comes without filters is taken to their default view. Clearing them later is not. */
export function openDefaultView(screen: Screen, to: '/alerts' | '/events' | '/incidents') {
  return async ({ cause, search }: Entry) => {
    if (cause !== 'enter' || search.new || viewText(search) !== '') return;
    // A list without its view is better than no list.
    if (!onlineManager.isOnline()) return;
    const views = await queryClient.ensureQueryData(viewsQuery(screen)).catch(() => []);
    const self = await queryClient.ensureQueryData(selfQuery);
    const view = views.find((candidate) => candidate.default && candidate.owner === self.username);
    if (view && view.query !== '')
      throw redirect({ to, search: { ...viewSearch(view), preview: search.preview }, replace: true });
  };
}
