import { useQuery } from '@tanstack/react-query';
import { channelsQuery } from '../channels/channel-queries.ts';

/** The name of a channel; its id where it is gone. */
export function ChannelName({ id }: { id: number }) {
  const { data } = useQuery(channelsQuery);
  return data?.data.find((channel) => channel.id === id)?.name ?? `Channel ${id}`;
}
