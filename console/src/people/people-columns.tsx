import { columnHelper } from '../kit/column.ts';
import { TimeText } from '../kit/time-text.tsx';
import type { Person } from './people-queries.ts';
import { PersonState } from './person-state.tsx';

const helper = columnHelper<Person>();

export const peopleColumns = [
  helper.accessor('username', {
    header: 'Username',
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
  }),
  helper.accessor('email', {
    header: 'E-mail',
    meta: { track: 'minmax(0, 1fr)', from: 'medium' },
    cell: ({ getValue }) => getValue() ?? <span className="text-muted">None</span>,
  }),
  helper.accessor('role', { header: 'Role', meta: { track: '4.5rem' } }),
  helper.accessor('disabled', {
    header: 'State',
    meta: { track: '5.5rem' },
    cell: ({ row }) => <PersonState person={row.original} />,
  }),
  helper.accessor('totp_enabled', {
    header: '2FA',
    meta: { track: '3rem', from: 'medium' },
    cell: ({ getValue }) => (getValue() ? 'On' : <span className="text-muted">Off</span>),
  }),
  helper.accessor('last_login_at', {
    header: 'Last sign-in',
    meta: { track: '7rem', from: 'wide' },
    cell: ({ getValue }) => <TimeText time={getValue()} className="text-muted" />,
  }),
];
