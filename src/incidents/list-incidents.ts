import { and, eq, gte, lte, type SQL, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import { type Page, readPage, type SortedCursor } from '../db/page.ts';
import { sortedRows } from '../db/scanned-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { Incident } from './contract.ts';
import type { IncidentQuery } from './list-contract.ts';
import { type Filters, type ScannedIncidents, scanIncidents } from './scan-incidents.ts';
import { containsWord } from './search-words.ts';
import { sortOf } from './sort-incidents.ts';

/** A page of the incidents on one shelf, newest first unless asked otherwise. */
export async function listIncidents({
  ctx,
  input,
}: Call<IncidentQuery>): Promise<Page<Incident, number | SortedCursor>> {
  authorize(ctx.actor, 'incident.read');
  const { scan, rest } = await scanIncidents(ctx.db, input);
  const sort = sortOf(input.sort_by);
  const cursorOf = (incident: Incident) => (sort ? sort.cursorOf(incident) : incident.id);
  return readPage<Incident, number | SortedCursor>(
    input,
    sortedRows(ctx.db, { scan, tests: (scanned) => tests(scanned, rest), cursorOf }),
  );
}

/** What the index that is followed does not answer: tested row by row within the window. */
function tests(scanned: ScannedIncidents, rest: Filters): SQL | undefined {
  return and(
    rest.shelf && eq(scanned.shelf, rest.shelf),
    rest.severity && inList(scanned.severity, rest.severity),
    rest.status && inList(scanned.status, rest.status),
    rest.owner ? eq(scanned.owner, rest.owner) : undefined,
    rest.assignee ? eq(scanned.assignee, rest.assignee) : undefined,
    rest.service ? sql`${scanned.service} = ${rest.service} COLLATE NOCASE` : undefined,
    // No character of a tag is escaped in JSON.
    ...(rest.tag ?? []).map((tag) => sql`instr(${scanned.tags}, ${`"${tag}"`}) > 0`),
    ...(rest.words ?? []).map((word) => containsWord(scanned, word)),
    rest.from && gte(scanned.createdAt, rest.from),
    rest.to && lte(scanned.createdAt, rest.to),
  );
}
