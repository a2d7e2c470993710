import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';

export type SavedView = Schemas['SavedView'];
export type Screen = SavedView['screen'];
type Query = Record<string, string | number | undefined>;

/** What the address of a screen says. */
export type ScreenSearch = Record<string, string | number | true | undefined>;

/** The views of a screen: one's own and those that others share. */
export const viewsQuery = (screen: Screen) =>
  queryOptions({
    queryKey: ['views', screen],
    queryFn: async ({ signal }) => {
      const query = { screen, limit: 100, sort_order: 'asc' as const };
      return (await answerOf(client.GET('/views', { params: { query }, signal }))).data;
    },
    staleTime: 60_000,
  });

/** What a screen shows, as a view keeps it. What is open beside or above the list is no part of it. */
export function viewText({ preview: _preview, new: _new, ...search }: ScreenSearch): string {
  const given = Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams(given.sort()).toString();
}

/** What a view shows, for the screen's own `validateSearch` to check. */
export const viewSearch = ({ query }: SavedView): Query => Object.fromEntries(new URLSearchParams(query));
