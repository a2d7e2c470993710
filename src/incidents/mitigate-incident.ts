import { inArray } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';
import type { Incident } from './contract.ts';
import { statusesBefore } from './lifecycle.ts';
import { incidents } from './table.ts';
import { moveTo } from './update-incident.ts';

/** The harm has stopped: open → mitigated. Any other status is a conflict. */
export async function mitigateIncident({
  ctx,
  input,
}: Call<{ id: number; ifMatch: number | undefined }>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  return changeIncident(ctx, {
    ...input,
    action: 'incident.mitigate',
    anybodys: 'incident.change_any',
    where: inArray(incidents.status, statusesBefore('mitigated')),
    set: moveTo(ctx, 'mitigated'),
    refusal: (incident) => `The incident is ${incident.status}; only an open one can be mitigated.`,
  });
}
