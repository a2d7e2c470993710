import { and, eq, gte, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { inList, notInList } from '../db/in-list.ts';
import type { IncidentQuery } from './list-contract.ts';
import { type Filters, scanIncidents, scanned } from './scan-incidents.ts';
import { containsWord } from './search-words.ts';

type Matching = { scan: (window: number) => SQL; tests: SQL | undefined };

/**
 * The incidents that these filters ask for: `scan` reads the first so many along one index, in list order, and `tests`
 * says which of them match, when not all do.
 */
export async function matchIncidents(db: Db, query: IncidentQuery): Promise<Matching> {
  const { scan, rest } = await scanIncidents(db, query);
  return { scan, tests: tests(rest) };
}

/** What the index that is followed does not answer: tested row by row within the window. */
function tests(rest: Filters): SQL | undefined {
  return and(
    rest.shelf && eq(scanned.shelf, rest.shelf),
    rest.severity && inList(scanned.severity, rest.severity),
    rest.status && inList(scanned.status, rest.status),
    rest.owner ? eq(scanned.owner, rest.owner) : undefined,
    rest.assignee ? eq(scanned.assignee, rest.assignee) : undefined,
    rest.service ? sql`${scanned.service} = ${rest.service} COLLATE NOCASE` : undefined,
    rest.not_owner && notInList(scanned.owner, rest.not_owner),
    rest.not_assignee && notInList(scanned.assignee, rest.not_assignee),
    rest.not_service && notInList(sql`${scanned.service} COLLATE NOCASE`, rest.not_service),
    rest.assigned === undefined ? undefined : (rest.assigned ? isNotNull : isNull)(scanned.assignee),
    // No character of a tag is escaped in JSON.
    ...(rest.tag ?? []).map((tag) => sql`instr(${scanned.tags}, ${`"${tag}"`}) > 0`),
    rest.not_tag && sql`NOT EXISTS (${tagsAmong(rest.not_tag)})`,
    ...(rest.words ?? []).map((word) => containsWord(scanned, word)),
    rest.from && gte(scanned.createdAt, rest.from),
    rest.to && lte(scanned.createdAt, rest.to),
  );
}

/** Those of these tags that the incident has, as a SELECT with one parameter whatever their number. */
function tagsAmong(tags: string[]): SQL {
  return sql`SELECT 1 FROM json_each(${JSON.stringify(tags)}) WHERE instr(${scanned.tags}, '"' || value || '"') > 0`;
}
