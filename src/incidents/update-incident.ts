import { eq } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { ConflictError, PreconditionFailedError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { requireColleague } from '../identity/require-colleague.ts';
import { changeIncident } from './change-incident.ts';
import type { Incident, IncidentPatch } from './contract.ts';
import { getIncident } from './get-incident.ts';
import { canMove, type IncidentStatus } from './lifecycle.ts';
import { incidents } from './table.ts';

type Update = { id: number; patch: IncidentPatch; ifMatch: number | undefined };

/**
 * Changes the fields that are given. A status must follow the lifecycle; one that the incident has already is no
 * change, but asking for nothing else is a conflict: of two who resolve, the second learns of it.
 */
export async function updateIncident({ ctx, input }: Call<Update>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  const { id, patch, ifMatch } = input;
  const incident = await getIncident({ ctx, input: { id } });
  if (ifMatch && ifMatch !== incident.version) throw new PreconditionFailedError(incident.version);
  if (Object.keys(patch).length === 0) return incident;
  await requireColleagues(ctx, patch);
  const { status, ...fields } = patch;
  const isMove = status !== undefined && (status !== incident.status || Object.keys(fields).length === 0);
  if (isMove && !canMove(incident.status, status)) throw new ConflictError(refusal(incident, status));
  return changeIncident(ctx, {
    id,
    ifMatch,
    action: 'incident.update',
    // Who may give an incident away is who may delete it.
    anybodys: patch.owner === undefined ? 'incident.change_any' : 'incident.delete_any',
    where: isMove ? eq(incidents.status, incident.status) : undefined,
    set: { ...fields, ...(isMove ? moveTo(ctx, status) : {}) },
    refusal: (now) => refusal(now, status ?? now.status),
  });
}

/** What a change of status sets. Opened again, an incident leaves the archive. */
export function moveTo(ctx: Context, status: IncidentStatus): Partial<Incident> {
  if (status === 'mitigated') return { status, mitigatedAt: ctx.clock() };
  if (status === 'resolved') return { status, resolvedAt: ctx.clock() };
  return { status, mitigatedAt: null, resolvedAt: null, archivedAt: null };
}

function refusal(incident: Incident, to: IncidentStatus): string {
  return incident.status === to
    ? `The incident is ${to} already.`
    : `The incident is ${incident.status}; it cannot become ${to}.`;
}

async function requireColleagues(ctx: Context, { assignee, owner }: IncidentPatch): Promise<void> {
  if (assignee) await requireColleague({ ctx, input: { username: assignee, pointer: '#/assignee' } });
  if (owner) await requireColleague({ ctx, input: { username: owner, pointer: '#/owner' } });
}
