import { Hash, type LucideIcon, Mail, PhoneCall, UsersRound, Webhook } from 'lucide-react';
import type { ChannelType } from './channel-queries.ts';

type AddressField = 'url' | 'routing_key' | 'to';

type TypeLook = {
  label: string;
  icon: LucideIcon;
  /** The field of the API that it is addressed by, and what people call it. */
  address: { field: AddressField; label: string; hint: string };
};

/** What there is to know of each type of channel, in the order in which they are offered. */
export const CHANNEL_TYPES: Record<ChannelType, TypeLook> = {
  webhook: {
    label: 'Webhook',
    icon: Webhook,
    address: { field: 'url', label: 'URL', hint: 'Your own receiver. It gets signed JSON by https.' },
  },
  slack: {
    label: 'Slack',
    icon: Hash,
    address: { field: 'url', label: 'URL', hint: 'api.slack.com, your app, Incoming Webhooks.' },
  },
  teams: {
    label: 'Teams',
    icon: UsersRound,
    address: { field: 'url', label: 'URL', hint: 'The menu of the Teams channel, Workflows, on a webhook request.' },
  },
  pagerduty: {
    label: 'PagerDuty',
    icon: PhoneCall,
    address: {
      field: 'routing_key',
      label: 'Integration key',
      hint: 'The service, Integrations, Events API v2: 32 letters and digits.',
    },
  },
  email: {
    label: 'E-mail',
    icon: Mail,
    address: { field: 'to', label: 'To', hint: 'Up to 50 addresses, separated by commas. Each sees the others.' },
  },
};
