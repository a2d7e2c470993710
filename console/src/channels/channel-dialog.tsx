import { useState } from 'react';
import { CheckField } from '../kit/check-field.tsx';
import { FormDialog } from '../kit/form-dialog.tsx';
import { NameField } from '../kit/name-field.tsx';
import { useSave } from '../kit/use-save.ts';
import { toast } from '../shell/toast.ts';
import { FormField } from '../ui/form-field.tsx';
import { Select } from '../ui/select.tsx';
import { AddressField } from './address-field.tsx';
import { channelDraft, saveChannel } from './channel-draft.ts';
import { ChannelPreview } from './channel-preview.tsx';
import { type Channel, type ChannelType, refreshChannels } from './channel-queries.ts';
import { CHANNEL_TYPES } from './channel-types.ts';
import type { NewSecret } from './secret-dialog.tsx';
import { TemplateFields } from './template-fields.tsx';

type Props = { channel: Channel | undefined; onSecret: (secret: NewSecret) => void; onClose: () => void };

const KNOWN = ['#/name', '#/type', '#/url', '#/routing_key', '#/to', '#/template'];
const TYPE_OPTIONS = Object.entries(CHANNEL_TYPES).map(([value, { label }]) => ({ value, label }));

/** The form of a channel, new or not, with what it would send. */
export function ChannelDialog({ channel, onSecret, onClose }: Props) {
  const [draft, setDraft] = useState(() => channelDraft(channel));
  const change = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed });
  const form = useSave({
    send: () => saveChannel(draft, channel?.id),
    onSaved: (secret) => {
      void refreshChannels();
      onClose();
      if (secret) onSecret({ name: draft.name, secret });
      else toast({ title: channel ? `${draft.name} changed` : `${draft.name} added` });
    },
  });
  const words = channel
    ? { title: `Channel ${channel.name}`, action: 'Save channel' }
    : { title: 'New channel', action: 'Add channel' };
  return (
    <FormDialog {...words} form={form} known={KNOWN} onClose={onClose}>
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField value={draft.name} error={form.errorOf('#/name')} onChange={(name) => change({ name })} />
        <FormField label="Type" error={form.errorOf('#/type')}>
          <Select
            disabled={channel !== undefined}
            options={TYPE_OPTIONS}
            value={draft.type}
            onChange={({ target }) => change({ type: target.value as ChannelType })}
          />
        </FormField>
      </div>
      <AddressField
        draft={draft}
        target={channel?.target}
        errorOf={form.errorOf}
        onChange={(address) => change({ address })}
      />
      <CheckField
        label="Enabled"
        hint="While it is not, it gets nothing, and what comes due fails."
        checked={draft.enabled}
        onChange={(enabled) => change({ enabled })}
      />
      <TemplateFields template={draft.template} errorOf={form.errorOf} onChange={(template) => change({ template })} />
      <ChannelPreview type={draft.type} template={draft.template} />
    </FormDialog>
  );
}
