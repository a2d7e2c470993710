import type { Person } from '../core/actor.ts';
import { DAY_MS } from '../core/clock.ts';
import type { Settings } from '../core/settings.ts';
import type { User } from './contract.ts';

/** A session that was started or renewed: whose it is and the refresh token that renews it next. */
export type SignedIn = { user: Person; sessionId: number; refreshToken: string };

/** When a session that is used now ends: unused for so long, or so long after its start, whichever is sooner. */
export function sessionExpiry(settings: Settings, { now, createdAt }: { now: Date; createdAt: Date }): Date {
  const idle = now.getTime() + settings.refreshTokenDays * DAY_MS;
  return new Date(Math.min(idle, createdAt.getTime() + settings.sessionDays * DAY_MS));
}

/** The person of an account, signed in by one of its sessions. */
export function personIn(
  { id: userId, username, role }: Pick<User, 'id' | 'username' | 'role'>,
  sessionId: number,
): Person {
  return { role, userId, username, sessionId, mustEnrolTotp: false };
}
