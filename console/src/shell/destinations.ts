import { Activity, Bell, ChartColumn, Flame, LayoutDashboard, type LucideIcon, ShieldCheck } from 'lucide-react';

type Destination = { to: string; label: string; icon: LucideIcon; keys: string; adminOnly?: boolean };

/** The places of the navigation, in its order. `g` and a letter go there. */
export const DESTINATIONS = [
  { to: '/', label: 'Overview', icon: LayoutDashboard, keys: 'g o' },
  { to: '/events', label: 'Events', icon: Activity, keys: 'g e' },
  { to: '/alerts', label: 'Alerts', icon: Bell, keys: 'g a' },
  { to: '/incidents', label: 'Incidents', icon: Flame, keys: 'g i' },
  { to: '/reports', label: 'Reports', icon: ChartColumn, keys: 'g r' },
  { to: '/admin', label: 'Admin', icon: ShieldCheck, keys: 'g d', adminOnly: true },
] as const satisfies Destination[];
