import { CircleCheck, CircleSlash } from 'lucide-react';
import type { Person } from './people-queries.ts';

/** Whether a person may sign in, by shape and word. */
export function PersonState({ person: { disabled } }: { person: Person }) {
  const Icon = disabled ? CircleSlash : CircleCheck;
  return (
    <span className={`inline-flex items-center gap-1 align-bottom ${disabled ? 'text-danger' : 'text-success'}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {disabled ? 'Disabled' : 'Active'}
    </span>
  );
}
