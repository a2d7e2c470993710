import { useQuery } from '@tanstack/react-query';
import { PERMISSIONS } from '../../../src/identity/permissions.ts';
import { answerOf, client } from '../api/client.ts';
import { useMay, useSelf } from '../session/use-self.ts';
import { alertFilters } from './alert-filters.ts';
import { alertFacetsQuery } from './alert-queries.ts';

const TRIAGERS: readonly string[] = PERMISSIONS['alert.triage'];

/**
 * People to hand alerts to, oneself first. Admins see all who triage. The API tells nobody else who there is, so they
 * see those who have alerts, and can write any other name.
 */
export function useTriagers(): string[] {
  const { username } = useSelf();
  const isAdmin = useMay()('user.manage');
  const people = useQuery({
    queryKey: ['users', 'active'],
    queryFn: ({ signal }) =>
      answerOf(client.GET('/users', { params: { query: { disabled: 'false', limit: 100 } }, signal })),
    enabled: isAdmin,
  });
  const facets = useQuery({ ...alertFacetsQuery(alertFilters({})), enabled: !isAdmin });
  const known = isAdmin
    ? (people.data?.data ?? []).filter(({ role }) => TRIAGERS.includes(role)).map((user) => user.username)
    : (facets.data?.facets.assignee ?? []).flatMap(({ value }) => value ?? []);
  return [...new Set([username, ...known.sort()])];
}
