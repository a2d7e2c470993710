import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Webhook } from 'lucide-react';
import { useState } from 'react';
import { AddButton } from '../kit/add-button.tsx';
import { useActions } from '../kit/use-actions.ts';
import { WholeList } from '../kit/whole-list.tsx';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ChannelDialog } from './channel-dialog.tsx';
import { ChannelItem } from './channel-item.tsx';
import { channelsQuery } from './channel-queries.ts';
import type { ChannelSearch } from './channel-search.ts';
import { type NewSecret, SecretDialog } from './secret-dialog.tsx';

const route = getRouteApi('/app/admin/channels');

/** Where people are told of alerts. */
export function ChannelsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(channelsQuery);
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const show = (shown: ChannelSearch) => void navigate({ search: shown, replace: true });
  const add = () => show({ new: true });
  const close = () => show({});
  useActions('Channels', [{ label: 'Add a channel', keys: 'c', run: add }]);

  const edited = query.data?.data.find(({ id }) => id === search.edit);
  return (
    <Page
      title="Channels"
      actions={
        <Button look="primary" size="small" onClick={add}>
          New channel
        </Button>
      }
    >
      <WholeList
        label="Channels"
        query={query}
        empty={
          <EmptyState
            icon={Webhook}
            title="No channels yet"
            text="A channel is where people are told: a webhook, a chat, PagerDuty or e-mail."
          >
            <AddButton label="Add a channel" onAdd={add} />
          </EmptyState>
        }
      >
        {(channel) => (
          <ChannelItem
            key={channel.id}
            channel={channel}
            onEdit={() => show({ edit: channel.id })}
            onSecret={setSecret}
          />
        )}
      </WholeList>
      {(search.new || edited) && (
        <ChannelDialog key={edited?.id} channel={edited} onSecret={setSecret} onClose={close} />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}
