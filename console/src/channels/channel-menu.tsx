import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, KeyRound, Pause, Pencil, Play, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { buttonClasses } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { toggleChannel } from './channel-changes.ts';
import type { Channel } from './channel-queries.ts';
import { ChannelQuestion } from './channel-question.tsx';
import type { NewSecret } from './secret-dialog.tsx';

type Props = { channel: Channel; onEdit: () => void; onSecret: (secret: NewSecret) => void };

/** What else can be done with a channel. */
export function ChannelMenu({ channel, onEdit, onSecret }: Props) {
  const { id, name, type, enabled } = channel;
  const navigate = useNavigate();
  const [asks, setAsks] = useState<'rotate' | 'delete' | null>(null);
  const showDeliveries = () => void navigate({ to: '/admin/deliveries', search: { channel: id } });
  const rotation = { label: 'New secret', icon: KeyRound, run: () => setAsks('rotate') };
  return (
    <>
      <Menu
        label={`Actions for ${name}`}
        className={buttonClasses({ look: 'quiet', size: 'icon' })}
        trigger={<Ellipsis aria-hidden className="size-4" />}
        entries={[
          { label: 'Edit', icon: Pencil, run: onEdit },
          {
            label: enabled ? 'Disable' : 'Enable',
            icon: enabled ? Pause : Play,
            run: () => void toggleChannel(channel),
          },
          { label: 'Its deliveries', icon: Send, run: showDeliveries },
          ...(type === 'webhook' ? [rotation] : []),
          'line',
          { label: 'Delete', icon: Trash2, run: () => setAsks('delete') },
        ]}
      />
      {asks && <ChannelQuestion asks={asks} channel={channel} onSecret={onSecret} onClose={() => setAsks(null)} />}
    </>
  );
}
