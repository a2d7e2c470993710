import type { Call, Context } from '../core/context.ts';
import { ConflictError, ValidationError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { requireColleague } from '../identity/require-colleague.ts';
import { requireTriager } from '../identity/require-triager.ts';
import type { NewIncident } from '../incidents/contract.ts';
import { acknowledging } from './acknowledge-alert.ts';
import { assigning } from './assign-alert.ts';
import type { BulkResult, BulkTriage } from './bulk-contract.ts';
import type { AlertRule } from './change-alert.ts';
import { changeAlerts, outcomesOf } from './change-alerts.ts';
import { linkTo } from './link-alerts.ts';
import { newestMatches } from './newest-matches.ts';
import { promoteTogether } from './promote-together.ts';
import { resolving } from './resolve-alert.ts';

/** Does one thing to many alerts, in one batch: to those that allow it, by the rules of doing it to one. */
export async function bulkAlerts({ ctx, input }: Call<BulkTriage>): Promise<BulkResult> {
  authorize(ctx.actor, 'alert.triage');
  const { ids, more } = await chosen(ctx, input);
  const act = input.action === 'promote' ? promote : change;
  const { incidentId, results } = await act(ctx, { ids, input });
  const done = results.filter(({ outcome }) => outcome === 'done').length;
  return { done, failed: results.length - done, more, incident_id: incidentId, results };
}

type Bulk = { ids: number[]; input: BulkTriage };
type Done = { incidentId: number | null; results: BulkResult['results'] };

async function chosen(ctx: Context, { ids, filter }: BulkTriage): Promise<{ ids: number[]; more: boolean }> {
  return filter ? newestMatches(ctx.db, filter) : { ids: ids ?? [], more: false };
}

async function change(ctx: Context, { ids, input }: Bulk): Promise<Done> {
  return { incidentId: null, results: await changeAlerts(ctx, { ids, rule: await ruleOf(ctx, input) }) };
}

async function ruleOf(ctx: Context, { action, verdict, assignee = null }: BulkTriage): Promise<AlertRule> {
  if (action === 'acknowledge') return acknowledging(ctx);
  if (action === 'resolve') return resolving(ctx, verdict);
  if (assignee !== null) await requireTriager({ ctx, input: { username: assignee } });
  return assigning(ctx, { assignee });
}

async function promote(ctx: Context, { ids, input }: Bulk): Promise<Done> {
  if (input.incident) return promoteToNew(ctx, { ids, incident: input.incident });
  const { incident_id: incidentId = 0 } = input;
  const answers = await linkTo(ctx, { incidentId, ids });
  if (!answers) throw new ValidationError([{ pointer: '#/incident_id', detail: 'must be the id of an incident' }]);
  return { incidentId, results: outcomesOf(ids, answers) };
}

async function promoteToNew(ctx: Context, { ids, incident }: { ids: number[]; incident: NewIncident }): Promise<Done> {
  const { assignee } = incident;
  if (assignee !== null) await requireColleague({ ctx, input: { username: assignee, pointer: '#/incident/assignee' } });
  const { incident: opened, ...answers } = await promoteTogether(ctx, { ids, incident });
  if (!opened) throw new ConflictError('Each of these alerts belongs to an incident already, or is gone.');
  return { incidentId: opened.id, results: outcomesOf(ids, answers) };
}
