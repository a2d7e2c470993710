import { CircleCheck, CircleSlash } from 'lucide-react';
import { LookBadge } from '../kit/look-badge.tsx';
import type { Person } from './people-queries.ts';

const ACTIVE = { icon: CircleCheck, label: 'Active', color: 'text-success' };
const DISABLED = { icon: CircleSlash, label: 'Disabled', color: 'text-danger' };

/** Whether a person may sign in. */
export function PersonState({ person: { disabled } }: { person: Person }) {
  return <LookBadge look={disabled ? DISABLED : ACTIVE} />;
}
