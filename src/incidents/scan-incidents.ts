import { and, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db } from '../db/client.ts';
import { inList, leftOf } from '../db/in-list.ts';
import { scanOf } from '../db/seek.ts';
import { firstOf, rowsOf } from '../db/sorted-rows.ts';
import { INCIDENT_SEVERITIES, INCIDENT_STATUSES, type Shelf } from './lifecycle.ts';
import type { IncidentQuery } from './list-contract.ts';
import { matchQuery, wordsOf } from './search-words.ts';
import { type Sort, sortOf } from './sort-incidents.ts';
import { incidents, incidentTags, tagCounts } from './table.ts';

/** The incidents that were found along an index, to be tested one by one. */
export const scanned = alias(incidents, 'scanned');

type Wanted = 'tag' | 'assignee' | 'assigned' | 'service' | 'owner' | 'status' | 'severity' | 'from' | 'to';
type Queried = Pick<IncidentQuery, Wanted | 'not_tag' | 'not_assignee' | 'not_service' | 'not_owner'>;

/** What is asked of the incidents in a list. */
export type Filters = Partial<Queried> & { shelf?: Shelf | undefined; words?: string[] | undefined };

/** The first `window` incidents along one index, in list order, and the filters that are left to be tested. */
type Scanning = { scan: (window: number) => SQL; rest: Filters };

type Asked = { query: IncidentQuery; filters: Filters & { shelf: Shelf } };

/** Follows one index: the column that sorts, or else the one that leaves the fewest rows to be tested. */
export async function scanIncidents(db: Db, input: IncidentQuery): Promise<Scanning> {
  const query = {
    ...input,
    severity: leftOf(INCIDENT_SEVERITIES, { wanted: input.severity, excluded: input.not_severity }),
    status: leftOf(INCIDENT_STATUSES, { wanted: input.status, excluded: input.not_status }),
  };
  const { search, sort_by, id, tag } = query;
  const { all, indexed, short } = search ? wordsOf(search) : { all: [], indexed: [], short: [] };
  const asked = { query, filters: { ...query, shelf: shelfOf(query), words: all } };
  const sort = sortOf(sort_by);
  if (sort) return alongColumn({ ...asked, sort });
  if (id) return alongFields(db, asked);
  if (indexed.length > 0) return alongSearch(db, { query, filters: { ...asked.filters, words: short }, indexed });
  if (tag) return alongTag(db, { ...asked, tag });
  return alongFields(db, asked);
}

function shelfOf({ archived, deleted }: IncidentQuery): Shelf {
  if (deleted) return 'deleted';
  return archived ? 'archived' : 'active';
}

/** The range of ids and their order. `column` holds the ids in the index that is followed. */
function idsOf(db: Db, { query, column }: { query: IncidentQuery; column?: SQLWrapper }) {
  const cursor = typeof query.cursor === 'number' ? query.cursor : undefined;
  const ids = { table: incidents, time: incidents.createdAt, query: { ...query, cursor } };
  return scanOf(db, column ? { ...ids, column } : ids);
}

function alongColumn({ query, filters, sort }: Asked & { sort: Sort }): Scanning {
  const { id, cursor, sort_order } = query;
  const { shelf } = filters;
  // Given ids are the fewest rows of all: the plus keeps SQLite from following the shelf to them.
  const among = id ? and(sql`+${incidents.shelf} = ${shelf}`, inList(incidents.id, id)) : eq(incidents.shelf, shelf);
  const behind = typeof cursor === 'object' ? sort.behind(cursor, sort_order) : [undefined];
  const selects = behind.map((part) => rowsOf(incidents, and(among, part)));
  return {
    scan: (window) => firstOf({ selects, order: sort.order(sort_order), window }),
    rest: { ...filters, shelf: undefined },
  };
}

async function alongFields(db: Db, { query, filters }: Asked): Promise<Scanning> {
  const ids = await idsOf(db, { query });
  const { followed, values } = query.id ? { followed: undefined, values: [] } : fieldToFollow(query);
  const conditions = followed ? values.map((value) => eq(incidents[followed], value)) : [undefined];
  const onShelf = eq(incidents.shelf, filters.shelf);
  const selects = conditions.map((condition) => rowsOf(incidents, and(onShelf, condition, ids.bounds)));
  return {
    scan: (window) => firstOf({ selects, order: ids.order, window }),
    rest: { ...filters, shelf: undefined, ...(followed ? { [followed]: undefined } : {}) },
  };
}

/** The field whose index, behind the shelf, is followed for these values. */
function fieldToFollow({ assignee, service, owner, status, severity }: IncidentQuery) {
  if (assignee) return { followed: 'assignee', values: [assignee] } as const;
  if (service) return { followed: 'service', values: [service] } as const;
  if (owner) return { followed: 'owner', values: [owner] } as const;
  // Most incidents are resolved, so that of the two a status that leaves those out is the narrower.
  if (status?.length && !(severity?.length && status.includes('resolved'))) {
    return { followed: 'status', values: [...new Set(status)] } as const;
  }
  if (severity?.length) return { followed: 'severity', values: [...new Set(severity)] } as const;
  return { followed: undefined, values: [] } as const;
}

/** FTS5 hands out what matches in the order of ids, one after the other. It knows no shelf. */
async function alongSearch(db: Db, { query, filters, indexed }: Asked & { indexed: string[] }): Promise<Scanning> {
  const ids = await idsOf(db, { query, column: sql`incidents_search.rowid` });
  const matches = and(sql`incidents_search MATCH ${matchQuery(indexed)}`, ids.bounds);
  // CROSS JOIN keeps SQLite from starting at the incidents, which would read them all.
  const found = sql`
    SELECT ${incidents}.* FROM incidents_search CROSS JOIN ${incidents}
    WHERE ${and(matches, sql`${incidents.id} = incidents_search.rowid`)}`;
  return {
    scan: (window) => firstOf({ selects: [found], order: ids.order, window }),
    rest: filters,
  };
}

/** Of several tags the one that the fewest incidents have. */
async function alongTag(db: Db, { query, filters, tag }: Asked & { tag: string[] }): Promise<Scanning> {
  const { shelf } = filters;
  const ids = await idsOf(db, { query, column: incidentTags.incidentId });
  const rarest = sql`(
    SELECT value FROM json_each(${JSON.stringify(tag)})
    LEFT JOIN ${tagCounts} ON ${tagCounts.shelf} = ${shelf} AND ${tagCounts.tag} = value
    ORDER BY coalesce(${tagCounts.incidents}, 0) LIMIT 1)`;
  const tagged = and(eq(incidentTags.shelf, shelf), eq(incidentTags.tag, rarest), ids.bounds);
  const found = sql`
    SELECT ${incidents}.* FROM ${incidentTags} CROSS JOIN ${incidents}
    WHERE ${and(tagged, eq(incidents.id, incidentTags.incidentId))}`;
  return {
    scan: (window) => firstOf({ selects: [found], order: ids.order, window }),
    rest: { ...filters, shelf: undefined, tag: tag.length > 1 ? tag : undefined },
  };
}
