import { ValidationError } from '../core/errors.ts';
import type { Db } from '../db/client.ts';
import { inList } from '../db/in-list.ts';
import { channels } from '../notifications/table.ts';
import type { ShownPolicy } from './contract.ts';
import type { Policy } from './match-policy.ts';

type Steps = { channelIds: number[] }[];

/** A channel as it is now; without a name when it is gone. */
export type ToldChannel = { id: number; name: string | null; state: 'enabled' | 'disabled' | 'gone' };

/** How each of these channels stands, as a lookup by id. */
export async function readChannels(db: Db, ids: number[]): Promise<(id: number) => ToldChannel> {
  const { id, name, enabled } = channels;
  const found = ids.length > 0 ? await db.select({ id, name, enabled }).from(channels).where(inList(id, ids)) : [];
  const known = new Map(found.map((row) => [row.id, row]));
  return (wanted) => {
    const row = known.get(wanted);
    if (!row) return { id: wanted, name: null, state: 'gone' };
    return { id: wanted, name: row.name, state: row.enabled ? 'enabled' : 'disabled' };
  };
}

/** Policies with what became of the channels that they name. */
export async function withChannels(db: Db, policies: Policy[]): Promise<ShownPolicy[]> {
  const channelOf = await readChannels(db, idsOf(policies.flatMap(({ steps }) => steps)));
  return policies.map((policy) => ({
    ...policy,
    goneChannelIds: idsOf(policy.steps).filter((id) => channelOf(id).state === 'gone'),
  }));
}

/** Refuses steps to channels that are not there. */
export async function requireChannels(db: Db, steps: Steps): Promise<void> {
  const channelOf = await readChannels(db, idsOf(steps));
  const errors = steps.flatMap(({ channelIds }, step) =>
    channelIds.flatMap((id, index) =>
      channelOf(id).state === 'gone'
        ? [{ pointer: `#/steps/${step}/channel_ids/${index}`, detail: 'must be the id of a channel' }]
        : [],
    ),
  );
  if (errors.length > 0) throw new ValidationError(errors);
}

function idsOf(steps: Steps): number[] {
  return [...new Set(steps.flatMap(({ channelIds }) => channelIds))];
}
