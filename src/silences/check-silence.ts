import type { Context } from '../core/context.ts';
import { ValidationError } from '../core/errors.ts';
import { inList } from '../db/in-list.ts';
import { channels } from '../notifications/table.ts';
import { MAX_AHEAD_MS, MAX_SILENCE_MS } from './contract.ts';

/** Refuses times that a silence cannot have, naming the field. */
export function checkTimes({ startsAt, endsAt, now }: { startsAt: Date; endsAt: Date; now: Date }): void {
  if (startsAt.getTime() > now.getTime() + MAX_AHEAD_MS) refuse('starts_at', 'must be at most a year ahead');
  if (endsAt <= now) refuse('ends_at', 'must be in the future');
  if (endsAt <= startsAt) refuse('ends_at', 'must be after starts_at');
  if (endsAt.getTime() - startsAt.getTime() > MAX_SILENCE_MS)
    refuse('ends_at', 'must be at most 90 days after its start');
}

/** Refuses channels that are not there: nobody would hear of the end. One that is deleted later is passed over. */
export async function checkChannels({ db }: Context, ids: number[] | null | undefined): Promise<void> {
  if (!ids) return;
  const found = await db.select({ id: channels.id }).from(channels).where(inList(channels.id, ids));
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) refuse(`announce_to/${missing}`, 'is the id of no channel');
}

function refuse(field: string, detail: string): never {
  throw new ValidationError([{ pointer: `#/${field}`, detail }]);
}
