import { type InfiniteData, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';
import { withRow } from '../kit/use-cursor-list.ts';
import type { PeopleSearch } from './people-search.ts';

export type Person = Schemas['User'];
export type Invitation = Schemas['Invitation'];

const PAGE_ROWS = 100;

type Place = { cursor: string | undefined; signal: AbortSignal };
type Pages = InfiniteData<Schemas['UserPage'], string | undefined>;

/** The filters of the API that a search in the address stands for. */
export function peopleFilters({ role, disabled }: PeopleSearch) {
  return { role, disabled: disabled === undefined ? undefined : (`${disabled}` as const) };
}

export type PeopleFilters = ReturnType<typeof peopleFilters>;

export const peopleListKey = (filters: PeopleFilters) => ['people', filters] as const;

export function loadPeople(filters: PeopleFilters, { cursor, signal }: Place) {
  return answerOf(client.GET('/users', { params: { query: { ...filters, limit: PAGE_ROWS, cursor } }, signal }));
}

export const personQuery = (id: number) =>
  queryOptions({
    queryKey: ['person', id],
    queryFn: ({ signal }) => answerOf(client.GET('/users/{id}', { params: { path: { id } }, signal })),
  });

/** Puts a person as they are now wherever they are shown. */
export function keepPerson(person: Person): void {
  queryClient.setQueryData(personQuery(person.id).queryKey, person);
  queryClient.setQueriesData<Pages>({ queryKey: ['people'] }, (pages) => withRow(pages, person) as Pages | undefined);
}

export const INVITATIONS_KEY = ['invitations'] as const;

export function loadInvitations({ cursor, signal }: Place) {
  return answerOf(client.GET('/invitations', { params: { query: { limit: PAGE_ROWS, cursor } }, signal }));
}
