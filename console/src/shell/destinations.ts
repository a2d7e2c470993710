import {
  Activity,
  Bell,
  BellOff,
  ChartColumn,
  Flame,
  LayoutDashboard,
  type LucideIcon,
  ShieldCheck,
} from 'lucide-react';

type Destination = { to: string; label: string; icon: LucideIcon; keys: string; for?: 'admins' | 'others' };

/** The places of the navigation, in its order. `g` and a letter go there. */
export const DESTINATIONS = [
  { to: '/', label: 'Overview', icon: LayoutDashboard, keys: 'g o' },
  { to: '/events', label: 'Events', icon: Activity, keys: 'g e' },
  { to: '/alerts', label: 'Alerts', icon: Bell, keys: 'g a' },
  { to: '/incidents', label: 'Incidents', icon: Flame, keys: 'g i' },
  { to: '/reports', label: 'Reports', icon: ChartColumn, keys: 'g r' },
  { to: '/admin', label: 'Admin', icon: ShieldCheck, keys: 'g d', for: 'admins' },
  // Of the pages of Admin, what others use most; beside it stand the rest that they may see.
  { to: '/admin/silences' as string, label: 'Silences', icon: BellOff, keys: 'g s', for: 'others' },
] as const satisfies Destination[];
