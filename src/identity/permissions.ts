import type { Actor, Role } from '../core/actor.ts';
import { ForbiddenError, UnauthenticatedError } from '../core/errors.ts';

const PEOPLE = ['admin', 'analyst', 'member'] as const;

/** Who may do what, whole. A permission that is not here exists for nobody. */
export const PERMISSIONS = {
  public: ['anonymous', ...PEOPLE, 'sensor'],
  'self.read': PEOPLE,
  'event.post': [...PEOPLE, 'sensor'],
  'event.read': PEOPLE,
  'event.change': ['admin'],
  'alert.read': PEOPLE,
  'alert.triage': ['admin', 'analyst'],
  'alert.change': ['admin'],
  'alert.raise': ['system'],
  'queue.record': ['system'],
  'user.manage': ['admin'],
  'sensor.manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** The first line of every operation: throws 401 for strangers and 403 for the wrong role. */
export function authorize(actor: Actor, permission: Permission): void {
  if ((PERMISSIONS[permission] as readonly Role[]).includes(actor.role)) return;
  if (actor.role === 'anonymous') throw new UnauthenticatedError();
  throw new ForbiddenError(permission);
}
