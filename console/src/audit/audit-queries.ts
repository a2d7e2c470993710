import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import type { AuditSearch } from './audit-search.ts';

export type AuditRow = Schemas['AuditRow'];

const PAGE_ROWS = 100;
const LOOK_MS = 5000;

/** The filters of the API that a search in the address stands for. */
export function auditFilters({ actor, action, target, request_id, from, to }: AuditSearch) {
  return { actor, action, target, request_id, from, to };
}

export type AuditFilters = ReturnType<typeof auditFilters>;

type Place = { cursor: string | undefined; signal: AbortSignal };

export const auditListKey = (filters: AuditFilters) => ['audit-rows', filters] as const;

export function loadAuditRows(filters: AuditFilters, { cursor, signal }: Place) {
  const query = { ...filters, limit: PAGE_ROWS, cursor };
  return answerOf(client.GET('/auditlogs', { params: { query }, signal }));
}

/** The id of the newest row that matches, looked up again and again: not every row is told to the live stream. */
export const newestRowQuery = (filters: Partial<AuditFilters>) =>
  queryOptions({
    queryKey: ['audit-newest', filters],
    queryFn: async ({ signal }) => {
      const query = { ...filters, limit: 1 };
      const { data } = await answerOf(client.GET('/auditlogs', { params: { query }, signal }));
      return data[0]?.id ?? 0;
    },
    refetchInterval: LOOK_MS,
  });
