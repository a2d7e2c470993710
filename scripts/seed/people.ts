import { hashPassword } from '../../src/identity/password.ts';
import type { users } from '../../src/identity/table.ts';
import { newPassword, type State } from '../local/state.ts';
import type { Entry } from './history.ts';
import { DAY, HOUR, MINUTE, type Period } from './period.ts';
import type { Random } from './random.ts';

type UserRow = Omit<typeof users.$inferSelect, 'id'>;
type Role = UserRow['role'];

/** Who did what the log tells, by username. */
export type Team = { admin: string; triagers: string[]; members: string[] };

const ANALYSTS = ['ana', 'bo', 'chen'];
const MEMBERS = ['dara', 'emil'];

/** The people of a state: those whom it knows already, and those whom the seed adds. The admin may have any name. */
export function teamOf({ saved }: State): Team {
  const admin = saved.admin.username;
  const analyst = saved.analyst?.username ?? (admin === 'analyst' ? 'analyst-2' : 'analyst');
  const others = (names: string[]) => names.filter((name) => name !== admin);
  return { admin, triagers: [analyst, ...others(ANALYSTS)], members: others(MEMBERS) };
}

/**
 * The accounts that a state lacks: its admin, an analyst whose password `npm start` shows, and colleagues into whose
 * accounts nobody can sign in until an admin resets their password.
 */
export async function makePeople(random: Random, { state, period }: { state: State; period: Period }) {
  const { saved, isNew } = state;
  const { triagers, members } = teamOf(state);
  const [analyst = '', ...analysts] = triagers;
  const missing: [string, Role, string][] = [];
  if (isNew) missing.push([saved.admin.username, 'admin', await hashPassword(saved.admin.password)]);
  if (!saved.analyst) {
    saved.analyst = { username: analyst, password: newPassword() };
    missing.push([analyst, 'analyst', await hashPassword(saved.analyst.password)]);
  }
  // One hash for all of them: each costs a sixth of a second, and its password is known to nobody.
  const locked = await hashPassword(newPassword());
  for (const name of analysts) missing.push([name, 'analyst', locked]);
  for (const name of members) missing.push([name, 'member', locked]);
  const rows = missing.map(([username, role, passwordHash], index) =>
    personOf({ username, role, passwordHash, createdAt: new Date(period.from - HOUR + index * MINUTE) }),
  );
  for (const row of rows)
    if (row.passwordHash === locked) row.lastLoginAt = new Date(period.to - random.between(1, DAY));
  return { rows, log: rows.map((row) => creation(row, saved.admin.username)) };
}

type Named = Pick<UserRow, 'username' | 'role' | 'passwordHash' | 'createdAt'>;

function personOf(named: Named): UserRow {
  return {
    ...named,
    email: named.role === 'admin' ? null : `${named.username}@example.com`,
    disabled: false,
    lastLoginAt: null,
    totpSecret: null,
    totpEnabledAt: null,
    totpLastStep: null,
  };
}

function creation({ username, email, role, createdAt }: UserRow, admin: string): Entry {
  const actor = role === 'admin' ? 'system:console' : `user:${admin}`;
  return {
    at: createdAt.getTime(),
    actor,
    action: 'user.create',
    target: `user:${username}`,
    after: { username, email, role },
  };
}
