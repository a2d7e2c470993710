import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import type { Alert } from './alert-values.ts';
import { isDecidedAnew } from './explain-difference.ts';
import type { TriageChange } from './triage-change.ts';

/** `seen` is the alert as it was when the person decided. */
export type Decision = { seen: Alert; change: TriageChange };

// Our own changes of an alert go one after the other, and what one leads to is what the next was decided upon.
const turns = new Map<number, Promise<unknown>>();
const own = new Map<number, Alert>();

/** The alert that was decided upon: as it was seen, or as our own change made it since. */
export function decidedUpon(seen: Alert): Alert {
  const mine = own.get(seen.id);
  return mine && mine.version > seen.version ? mine : seen;
}

/** Does it, unless somebody else changed the alert since. Ends although the page is left. */
export function sendChange({ seen, change }: Decision): Promise<Alert> {
  const { id } = seen;
  const turn = (turns.get(id) ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => sendSeen({ seen, change }))
    .finally(() => {
      if (turns.get(id) === turn) turns.delete(id);
    });
  turns.set(id, turn);
  return turn;
}

async function sendSeen({ seen, change }: Decision): Promise<Alert> {
  const before = decidedUpon(seen);
  const { id, version } = before;
  const changed = await post({ id, change, version }).catch(async (error) => {
    if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
    const now = await readAlert(id);
    // It only gathered further events: no reason to ask again.
    if (isDecidedAnew(before, now)) throw error;
    return post({ id, change, version: now.version });
  });
  own.set(id, changed);
  return changed;
}

export function readAlert(id: number): Promise<Alert> {
  return answerOf(client.GET('/alerts/{id}', { params: { path: { id } } }));
}

type Sent = { id: number; change: TriageChange; version: number };

function post({ id, change, version }: Sent): Promise<Alert> {
  const path = { id };
  const matched = { params: { path, header: { 'if-match': `"v${version}"` } }, keepalive: true };
  switch (change.action) {
    // Of two who acknowledge it, the state of the alert tells the second; another version is no reason against it.
    case 'acknowledge':
      return answerOf(client.POST('/alerts/{id}/acknowledge', { params: { path }, keepalive: true }));
    case 'resolve':
      return answerOf(client.POST('/alerts/{id}/resolve', { ...matched, body: { verdict: change.verdict } }));
    case 'assign':
      return answerOf(client.POST('/alerts/{id}/assign', { ...matched, body: { assignee: change.assignee } }));
  }
}
