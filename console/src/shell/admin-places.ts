import {
  BellOff,
  CalendarClock,
  Group,
  type LucideIcon,
  Radio,
  ScrollText,
  Send,
  Settings,
  TrendingUp,
  Users,
  Webhook,
} from 'lucide-react';
import type { Permission } from '../../../src/identity/permissions.ts';

export type AdminPlace = {
  to: string;
  label: string;
  /** What is found there, for the page that lists them. */
  text: string;
  icon: LucideIcon;
  /** What a person must be allowed to see it. */
  permission: Permission;
};

/** The pages below Admin, in the order of their navigation. */
export const ADMIN_PLACES: readonly AdminPlace[] = [
  {
    to: '/admin/people',
    label: 'People',
    text: 'Who may sign in, with which role, and who is invited.',
    icon: Users,
    permission: 'user.manage',
  },
  {
    to: '/admin/sensors',
    label: 'Sensors',
    text: 'What posts events: keys, last signs of life, origins.',
    icon: Radio,
    permission: 'sensor.manage',
  },
  {
    to: '/admin/channels',
    label: 'Channels',
    text: 'Where people are told of alerts.',
    icon: Webhook,
    permission: 'channel.manage',
  },
  {
    to: '/admin/deliveries',
    label: 'Deliveries',
    text: 'What was sent to channels, and what failed.',
    icon: Send,
    permission: 'delivery.read',
  },
  {
    to: '/admin/silences',
    label: 'Silences',
    text: 'Which alerts tell nobody, and until when.',
    icon: BellOff,
    permission: 'silence.read',
  },
  {
    to: '/admin/maintenance-windows',
    label: 'Maintenance windows',
    text: 'Silences that come back: every Sunday night, every first of a month.',
    icon: CalendarClock,
    permission: 'silence.read',
  },
  {
    to: '/admin/grouping-rules',
    label: 'Grouping rules',
    text: 'Which alerts belong together.',
    icon: Group,
    permission: 'grouping.read',
  },
  {
    to: '/admin/escalation-policies',
    label: 'Escalation policies',
    text: 'Who is told next when nobody answers.',
    icon: TrendingUp,
    permission: 'escalation.read',
  },
  {
    to: '/admin/audit-log',
    label: 'Audit log',
    text: 'Who changed what, and the proof that nothing was altered.',
    icon: ScrollText,
    permission: 'audit.read',
  },
  {
    to: '/admin/settings',
    label: 'Settings',
    text: 'How this instance is set up, and where to change it.',
    icon: Settings,
    permission: 'settings.read',
  },
];
