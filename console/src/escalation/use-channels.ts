import { useQuery } from '@tanstack/react-query';
import { type Channel, channelsQuery } from '../channels/channel-queries.ts';
import { useMay } from '../session/use-self.ts';

/** The channels that policies name. Only admins know them; for others they are numbers. */
export function useChannels(): readonly Channel[] {
  const mayKnow = useMay()('channel.manage');
  const { data } = useQuery({ ...channelsQuery, enabled: mayKnow });
  return data?.data ?? [];
}
