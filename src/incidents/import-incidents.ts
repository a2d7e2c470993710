import type { z } from '@hono/zod-openapi';
import { and, eq } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { type FieldError, ValidationError } from '../core/errors.ts';
import { inList } from '../db/in-list.ts';
import { fieldErrors } from '../http/router.ts';
import { authorize } from '../identity/permissions.ts';
import { users } from '../identity/table.ts';
import { type NewIncident, newIncident } from './contract.ts';
import type { importResult } from './import-contract.ts';
import { type ImportRow, readImport } from './read-import.ts';
import { storeIncidents } from './store-incidents.ts';

type Checked = { row: number } & ({ incident: NewIncident } | { errors: FieldError[] });

/** Opens an incident for each good row of a CSV file, all in one batch, and says of each other row what is wrong. */
export async function importIncidents({ ctx, input }: Call<string>): Promise<z.output<typeof importResult>> {
  authorize(ctx.actor, 'incident.create');
  const rows = await checkAssignees(ctx, readImport(input).map(checkRow));
  const good = rows.flatMap((row) => ('incident' in row ? row.incident : []));
  const rejected = rows.flatMap((row) => ('errors' in row ? row : []));
  if (good.length === 0) throw new ValidationError(atTheirRows(rejected));
  const ids = await storeIncidents(ctx, good);
  return { imported: ids.length, rejected, ids };
}

function checkRow(item: ImportRow): Checked {
  const { row } = item;
  if ('broken' in item) return { row, errors: [{ pointer: '#', detail: item.broken }] };
  const { success, data, error } = newIncident.safeParse(item.value);
  return success ? { row, incident: data } : { row, errors: fieldErrors('json', error.issues) };
}

/** Rejects the rows that give the incident to nobody we know. One query, none when no row names anybody. */
async function checkAssignees({ db }: Context, rows: Checked[]): Promise<Checked[]> {
  const names = rows.flatMap((row) => ('incident' in row ? (row.incident.assignee ?? []) : []));
  if (names.length === 0) return rows;
  const active = and(inList(users.username, names), eq(users.disabled, false));
  const found = await db.select({ username: users.username }).from(users).where(active);
  const known = new Set(found.map(({ username }) => username));
  const errors = [{ pointer: '#/assignee', detail: 'must be the username of an active person' }];
  return rows.map((row) => {
    const assignee = 'incident' in row ? row.incident.assignee : null;
    return assignee === null || known.has(assignee) ? row : { row: row.row, errors };
  });
}

/** Pointers into the whole file: `#/title` of row 3 is `#/3/title`. The first hundred faults say enough. */
function atTheirRows(rejected: { row: number; errors: FieldError[] }[]): FieldError[] {
  return rejected
    .flatMap(({ row, errors }) =>
      errors.map(({ pointer, detail }) => ({ pointer: pointer.replace('#', `#/${row}`), detail })),
    )
    .slice(0, 100);
}
