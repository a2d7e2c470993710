import { Select } from '../ui/select.tsx';
import { type PeopleSearch, ROLES } from './people-search.ts';

type Props = { search: PeopleSearch; onChange: (change: Partial<PeopleSearch>) => void };

const SHELVES = [
  { value: '', label: 'Everybody' },
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Disabled' },
  { value: 'invitations', label: 'Invited' },
];

const ROLE_CHOICES = [{ value: '', label: 'Any role' }, ...ROLES.map((role) => ({ value: role, label: role }))];

/** Which people are shown. */
export function PeopleFilterBar({ search: { role, disabled, shelf }, onChange }: Props) {
  const state = shelf ?? (disabled === undefined ? '' : disabled ? 'disabled' : 'active');
  return (
    <>
      <Select
        aria-label="Show"
        className="h-7! w-32!"
        options={SHELVES}
        value={state}
        onChange={({ target: { value } }) =>
          onChange({
            shelf: value === 'invitations' ? value : undefined,
            disabled: value === 'active' || value === 'disabled' ? value === 'disabled' : undefined,
            preview: undefined,
          })
        }
      />
      {shelf !== 'invitations' && (
        <Select
          aria-label="Role"
          className="h-7! w-32!"
          options={ROLE_CHOICES}
          value={role ?? ''}
          onChange={({ target: { value } }) => onChange({ role: ROLES.find((known) => known === value) })}
        />
      )}
    </>
  );
}
