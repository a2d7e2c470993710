import { answerOf, client } from '../api/client.ts';
import { readList } from '../kit/matchers.ts';
import type { Channel, ChannelType, Template } from './channel-queries.ts';
import { CHANNEL_TYPES } from './channel-types.ts';

/** A channel while it is written. An address that is there already stays when it is left empty. */
export type ChannelDraft = {
  name: string;
  type: ChannelType;
  address: string;
  template: Template | null;
  enabled: boolean;
};

export function channelDraft(channel: Channel | undefined): ChannelDraft {
  const { name = '', type = 'webhook', template = null, enabled = true } = channel ?? {};
  return { name, type, address: '', template, enabled };
}

/** Creates it, or changes the one of this id. Answers the secret if there is a new one. */
export async function saveChannel(draft: ChannelDraft, id: number | undefined): Promise<string | null> {
  const { name, type, template, enabled } = draft;
  const said = { name: name.trim(), template, enabled, ...addressOf(draft) };
  if (id === undefined) return (await answerOf(client.POST('/channels', { body: { ...said, type } }))).secret;
  await answerOf(client.PATCH('/channels/{id}', { params: { path: { id } }, body: said }));
  return null;
}

function addressOf({ type, address }: ChannelDraft) {
  if (!address.trim()) return {};
  const { field } = CHANNEL_TYPES[type].address;
  return field === 'to' ? { to: readList(address) } : { [field]: address.trim() };
}
