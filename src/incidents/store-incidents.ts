import { sql } from 'drizzle-orm';
import { auditInserts } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { jsonParameter } from '../db/json-parameter.ts';
import { selectInto } from '../db/select-into.ts';
import { requirePerson } from '../identity/require-person.ts';
import type { NewIncident } from './contract.ts';
import { latestIncidentId } from './create-incident.ts';
import { incidents } from './table.ts';

/**
 * Opens these incidents with an audit row for each, in one batch of two statements whatever their number. Returns their
 * ids in the same order.
 */
export async function storeIncidents(ctx: Context, opened: NewIncident[]): Promise<number[]> {
  const rows = jsonParameter(
    opened,
    'The incidents of one import may have at most 2 MB as JSON. Send fewer at a time.',
  );
  const from = sql`FROM json_each(${rows}) WHERE true ORDER BY key`;
  const [stored] = await ctx.db.batch([
    ctx.db.insert(incidents).select(newIncidents(ctx, from)).returning({ id: incidents.id }),
    auditInserts(ctx, {
      action: 'incident.import',
      // The ids of one insert follow one another. D1 binds every number as a float, and 3.0 is no id.
      target: sql`'incident:' || (${latestIncidentId} - CAST(${opened.length - 1} AS INTEGER) + key)`,
      after: sql`value`,
      from,
    }),
  ]);
  return stored.map(({ id }) => id).sort((a, b) => a - b);
}

function newIncidents(ctx: Context, from: ReturnType<typeof sql>) {
  const now = ctx.clock().getTime();
  const nowIf = (status: string) => sql`iif(value ->> 'status' = ${status}, ${now}, NULL)`;
  return selectInto(incidents, {
    values: {
      title: sql`value ->> 'title'`,
      description: sql`value ->> 'description'`,
      service: sql`value ->> 'service'`,
      severity: sql`value ->> 'severity'`,
      status: sql`value ->> 'status'`,
      owner: requirePerson(ctx).username,
      assignee: sql`value ->> 'assignee'`,
      tags: sql`value -> 'tags'`,
      createdAt: now,
      updatedAt: now,
      mitigatedAt: nowIf('mitigated'),
      resolvedAt: nowIf('resolved'),
      version: 1,
    },
    from,
  });
}
