import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { type AlertFilters, bulkFilter } from './alert-filters.ts';
import type { Targets } from './targets.ts';

type Body = Omit<Schemas['BulkTriage'], 'ids' | 'filter'>;
type Result = Schemas['BulkResult'];

export type Failure = { id: number; reason: string };
/** `left`: whether alerts that match were not reached. */
export type Outcome = { done: number[]; failures: Failure[]; left: boolean; incidentId: number | null };

type Bulk = {
  targets: Targets;
  body: Body /** Told how many have been dealt with. */;
  report: (count: number) => void;
};

/** So many a request, so that progress is seen. */
const CHUNK = 100;

/** Does one thing to many alerts, and says of each what became of it. Ends although the page is left. */
export async function sendBulk({ targets, body, report }: Bulk): Promise<Outcome> {
  const outcome: Outcome = { done: [], failures: [], left: false, incidentId: null };
  try {
    for await (const result of targets.matching
      ? sendMatching(targets.matching.filters, body)
      : sendChunks(targets, body)) {
      add(result);
    }
  } catch (error) {
    if (!(error instanceof ApiProblem) || outcome.done.length === 0) throw error;
    // What was done stays done; the rest is told.
    outcome.left = true;
  }
  return outcome;

  function add(result: Result) {
    outcome.incidentId = result.incident_id;
    outcome.left = result.more;
    for (const { id, outcome: how, detail } of result.results) {
      if (how === 'done') outcome.done.push(id);
      else outcome.failures.push({ id, reason: detail ?? 'The alert is gone.' });
    }
    report(outcome.done.length + outcome.failures.length);
  }
}

async function* sendChunks({ alerts }: Targets, body: Body): AsyncGenerator<Result> {
  const ids = alerts.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += CHUNK) yield await post({ ...body, ids: ids.slice(at, at + CHUNK) });
}

/** What was done no longer matches, so the next request finds the next ones. */
async function* sendMatching(filters: AlertFilters, body: Body): AsyncGenerator<Result> {
  const filter = narrowed(bulkFilter(filters), body);
  let result: Result;
  do {
    result = await post({ ...body, filter });
    yield result;
  } while (result.more && result.done > 0 && body.action !== 'promote');
}

type Filter = ReturnType<typeof bulkFilter>;

/** The filter without those for which there is nothing to do. */
function narrowed(filter: Filter, { action, assignee }: Body): Filter {
  const now = new Date().toISOString();
  const bounded = { ...filter, to: filter.to ?? now };
  if (action === 'promote') return bounded;
  const unwanted = action === 'acknowledge' ? ['acknowledged', 'resolved'] : ['resolved'];
  const not_status = unwanted as NonNullable<Filter['not_status']>;
  if (action !== 'assign') return { ...bounded, not_status };
  const free =
    assignee === null ? { assigned: true } : { not_assignee: [...(filter.not_assignee ?? []), assignee ?? ''] };
  return { ...bounded, not_status, ...free };
}

function post(body: Schemas['BulkTriage']): Promise<Result> {
  return answerOf(client.POST('/alerts/bulk', { body, keepalive: true }));
}
