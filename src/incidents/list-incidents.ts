import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage, type SortedCursor } from '../db/page.ts';
import { sortedRows } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { Incident } from './contract.ts';
import type { IncidentQuery } from './list-contract.ts';
import { matchIncidents } from './match-incidents.ts';
import { scanned } from './scan-incidents.ts';
import { sortOf } from './sort-incidents.ts';

const columns = columnsOf(scanned);

/** A page of the incidents on one shelf, newest first unless asked otherwise. */
export async function listIncidents({
  ctx,
  input,
}: Call<IncidentQuery>): Promise<Page<Incident, number | SortedCursor>> {
  authorize(ctx.actor, 'incident.read');
  const matching = await matchIncidents(ctx.db, input);
  const sort = sortOf(input.sort_by);
  const cursorOf = (incident: Incident) => (sort ? sort.cursorOf(incident) : incident.id);
  return readPage<Incident, number | SortedCursor>(input, sortedRows(ctx.db, { ...matching, columns, cursorOf }));
}
