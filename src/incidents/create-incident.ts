import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { requireColleague } from '../identity/require-colleague.ts';
import { requirePerson } from '../identity/require-person.ts';
import type { Incident, NewIncident } from './contract.ts';
import { incidents } from './table.ts';

/** Opens an incident. Who does it owns it. */
export async function createIncident({ ctx, input }: Call<NewIncident>): Promise<Incident> {
  authorize(ctx.actor, 'incident.create');
  const { assignee } = input;
  if (assignee !== null) await requireColleague({ ctx, input: { username: assignee, pointer: '#/assignee' } });
  const [[incident]] = await ctx.db.batch([
    ctx.db.insert(incidents).values(asRow(ctx, input)).returning(),
    auditInsert(ctx, { action: 'incident.create', target: latestIncident, after: input }),
  ]);
  if (!incident) throw new Error('the incident was not stored');
  return incident;
}

/** The id of the incident that was inserted last, for the statements after its insert in the same batch. */
export const latestIncidentId = sql`(SELECT max(${incidents.id}) FROM ${incidents})`;

/** The audit target of that incident. */
export const latestIncident = sql`'incident:' || ${latestIncidentId}`;

/** The statements by which an incident is opened if the condition holds, with its audit row. Unexecuted. */
export function openIncidentIf(ctx: Context, { incident, condition }: { incident: NewIncident; condition: SQL }) {
  const columns = getTableColumns(incidents);
  const row = Object.entries({ ...asRow(ctx, incident), version: 1 });
  const values = row.map(([name, value]) => [name, sql`${sql.param(value, Reflect.get(columns, name))}`]);
  const select = selectInto(incidents, { values: Object.fromEntries(values), from: sql`WHERE ${condition}` });
  return [
    ctx.db.insert(incidents).select(select).returning(),
    auditInsert(ctx, { action: 'incident.create', target: latestIncident, after: incident }),
  ] as const;
}

/** An incident as its creator gives it, as a row. */
export function asRow(ctx: Context, incident: NewIncident): typeof incidents.$inferInsert {
  const now = ctx.clock();
  return {
    ...incident,
    owner: requirePerson(ctx).username,
    createdAt: now,
    updatedAt: now,
    mitigatedAt: incident.status === 'mitigated' ? now : null,
    resolvedAt: incident.status === 'resolved' ? now : null,
  };
}
