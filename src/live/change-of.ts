import { type Change, storedChanges, storedRaise } from './contract.ts';
import type { LoggedChange } from './read-changes.ts';

/** What people watch. Everything else in the log only moves the cursor. */
const WATCHED = /^(?:alert|incident|silence|maintenance_window|event):/;

/** What the log keeps of these is that somebody looked. */
const READS = new Set(['incident.print', 'evidence.download']);

/** What is told of an audit row; null when it is nothing that people watch. */
export function changeOf({ id, timestamp, actor, action, ...row }: LoggedChange): Change | null {
  const subjects = row.raise === null ? subjectsOf(row.target) : raisedBy(row.raise);
  if (subjects.length === 0 || READS.has(action)) return null;
  // A row that is not as expected must not stop the stream: its subjects are enough to load them afresh.
  const changes = storedChanges.safeParse(JSON.parse(row.changes ?? '{}')).data ?? {};
  return {
    cursor: id,
    at: new Date(timestamp).toISOString(),
    type: action,
    actor,
    subjects,
    ...(Object.keys(changes).length > 0 ? { changes } : {}),
  };
}

/** `incident:17/note:3` is about both. */
function subjectsOf(target: string): string[] {
  return WATCHED.test(target) ? target.split('/') : [];
}

function raisedBy(raise: string): string[] {
  const { alerts = [], joined = [], suppressed = {} } = storedRaise.safeParse(JSON.parse(raise)).data ?? {};
  const silences = Object.keys(suppressed).map((id) => `silence:${id}`);
  return [...alerts, ...joined].map((id) => `alert:${id}`).concat(silences);
}
