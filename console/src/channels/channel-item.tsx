import { actorName } from '../kit/actor-name.ts';
import { EnabledMark } from '../kit/enabled-mark.tsx';
import { ListItem } from '../kit/list-item.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { ChannelMenu } from './channel-menu.tsx';
import type { Channel } from './channel-queries.ts';
import { CHANNEL_TYPES } from './channel-types.ts';
import type { NewSecret } from './secret-dialog.tsx';
import { TestButton } from './test-button.tsx';

type Props = { channel: Channel; onEdit: () => void; onSecret: (secret: NewSecret) => void };

/** One channel of the list. */
export function ChannelItem({ channel, onEdit, onSecret }: Props) {
  const { id, name, type, target, enabled, disabled_reason, created_by, created_at } = channel;
  const { icon: Icon, label } = CHANNEL_TYPES[type];
  return (
    <ListItem
      id={id}
      title={name}
      onOpen={onEdit}
      marks={<EnabledMark enabled={enabled} />}
      actions={
        <>
          <TestButton channel={channel} />
          <ChannelMenu channel={channel} onEdit={onEdit} onSecret={onSecret} />
        </>
      }
    >
      <p className="break-words">
        <Icon aria-hidden className="mr-1 inline size-4 align-text-bottom" />
        {label}, {target}
      </p>
      {disabled_reason && <p className="text-danger">{disabled_reason}</p>}
      <p>
        Added by {actorName(created_by)}, <TimeText time={created_at} />
      </p>
    </ListItem>
  );
}
