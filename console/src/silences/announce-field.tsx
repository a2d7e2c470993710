import { useQuery } from '@tanstack/react-query';
import { channelsQuery } from '../channels/channel-queries.ts';
import { ChannelPicks } from '../kit/channel-picks.tsx';
import type { ErrorOf } from '../kit/field-error.ts';
import { useMay } from '../session/use-self.ts';

type Props = { value: number[]; errorOf: ErrorOf; onChange: (ids: number[]) => void };

/** Which channels hear of the end of a silence. Only admins know the channels; for others all are told. */
export function AnnounceField({ value, errorOf, onChange }: Props) {
  const mayChoose = useMay()('channel.manage');
  const { data } = useQuery({ ...channelsQuery, enabled: mayChoose });
  if (!mayChoose || !data || (data.data.length === 0 && value.length === 0)) return null;
  return (
    <ChannelPicks
      label="Its end is told to"
      hint="None chosen: to all that are enabled."
      channels={data.data}
      value={value}
      error={errorOf('#/announce_to', 'deep')}
      onChange={onChange}
    />
  );
}
