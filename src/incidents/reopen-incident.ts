import { inArray } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';
import type { Incident } from './contract.ts';
import { statusesBefore } from './lifecycle.ts';
import { incidents } from './table.ts';
import { moveTo } from './update-incident.ts';

/** It was not over: mitigated or resolved → open, and out of the archive. */
export async function reopenIncident({
  ctx,
  input,
}: Call<{ id: number; ifMatch: number | undefined }>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  return changeIncident(ctx, {
    ...input,
    action: 'incident.reopen',
    anybodys: 'incident.change_any',
    where: inArray(incidents.status, statusesBefore('open')),
    set: moveTo(ctx, 'open'),
    refusal: () => 'The incident is open.',
  });
}
