import type { Incident } from './incident-queries.ts';

const turns = new Map<number, Promise<unknown>>();
const made = new Map<string, Incident>();

const versionOf = ({ id, version }: Incident) => `${id} v${version}`;

/**
 * Our own changes of an incident go one after the other, however quickly they are asked for, and each is of what the one
 * before it made. A version that somebody else made in between is not followed: the API then refuses the change.
 */
export function inTurn(seen: Incident, send: (now: Incident) => Promise<Incident>): Promise<Incident> {
  const turn = (turns.get(seen.id) ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => sendNow(ownSince(seen), send))
    .finally(() => {
      if (turns.get(seen.id) === turn) turns.delete(seen.id);
    });
  turns.set(seen.id, turn);
  return turn;
}

async function sendNow(now: Incident, send: (now: Incident) => Promise<Incident>): Promise<Incident> {
  const changed = await send(now);
  if (changed.version === now.version + 1) made.set(versionOf(now), changed);
  return changed;
}

/** The incident as our own changes left it since it was seen. */
function ownSince(seen: Incident): Incident {
  const next = made.get(versionOf(seen));
  return next ? ownSince(next) : seen;
}
