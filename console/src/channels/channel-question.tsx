import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { deleteChannel, rotateSecret } from './channel-changes.ts';
import type { Channel } from './channel-queries.ts';
import type { NewSecret } from './secret-dialog.tsx';

type Props = {
  asks: 'rotate' | 'delete';
  channel: Channel;
  onSecret: (secret: NewSecret) => void;
  onClose: () => void;
};

/** Asks before a channel is given a new secret, or goes. */
export function ChannelQuestion({ asks, channel, onSecret, onClose }: Props) {
  if (asks === 'delete') {
    return (
      <ConfirmDialog
        title={`Delete ${channel.name}?`}
        action="Delete channel"
        dangerous
        onConfirm={() => deleteChannel(channel)}
        onClose={onClose}
      >
        What is on its way to it fails. Policies that name it tell nobody in its place.
      </ConfirmDialog>
    );
  }
  async function rotate() {
    const secret = await rotateSecret(channel);
    if (secret) onSecret(secret);
  }
  return (
    <ConfirmDialog
      title={`Give ${channel.name} a new secret?`}
      action="Make a new secret"
      onConfirm={rotate}
      onClose={onClose}
    >
      For 24 hours the secret before it signs, too. Put the new one in place within that day.
    </ConfirmDialog>
  );
}
