import { type Actor, personOf, type Role } from '../core/actor.ts';
import { ForbiddenError, TotpEnrolmentRequiredError, UnauthenticatedError } from '../core/errors.ts';

const PEOPLE = ['admin', 'analyst', 'member'] as const;

/** Who may do what, whole. A permission that is not here exists for nobody. */
export const PERMISSIONS = {
  public: ['anonymous', ...PEOPLE, 'sensor'],
  'self.read': PEOPLE,
  'self.change': PEOPLE,
  'event.post': [...PEOPLE, 'sensor', 'system'],
  'event.read': PEOPLE,
  'event.change': ['admin'],
  // Files of the cold store: they hold what the API shows of no event, such as the address it came from.
  'event_object.read': ['admin'],
  'retention.move': ['system'],
  'alert.read': PEOPLE,
  'alert.triage': ['admin', 'analyst', 'system'],
  'alert.change': ['admin'],
  'alert.raise': ['system'],
  'incident.read': PEOPLE,
  'incident.create': PEOPLE,
  // Their own; anybody's with the `_any` beside it.
  'incident.change': PEOPLE,
  'incident.change_any': ['admin', 'analyst'],
  'incident.delete': PEOPLE,
  'incident.delete_any': ['admin'],
  'incident.keep': ['system'],
  'note.write': PEOPLE,
  'note.edit': PEOPLE,
  'note.delete': PEOPLE,
  'note.delete_any': ['admin'],
  'evidence.add': PEOPLE,
  'evidence.delete': PEOPLE,
  'evidence.delete_any': ['admin'],
  'evidence.clean': ['system'],
  'report.read': PEOPLE,
  'report.fold': ['system'],
  'report.rebuild': ['admin'],
  'grouping.read': PEOPLE,
  'grouping.manage': ['admin'],
  'silence.read': PEOPLE,
  'silence.manage': ['admin', 'analyst'],
  'silence.keep': ['system'],
  'escalation.read': PEOPLE,
  'escalation.manage': ['admin'],
  'escalation.advance': ['system'],
  'channel.manage': ['admin'],
  'delivery.read': ['admin'],
  'delivery.send': ['system'],
  'live.watch': PEOPLE,
  'view.read': PEOPLE,
  'view.save': PEOPLE,
  'view.save_any': ['admin'],
  'settings.read': ['admin'],
  'queue.record': ['system'],
  'audit.read': ['admin'],
  'audit.seal': ['system'],
  'guess.forget': ['system'],
  'credential.forget': ['system'],
  'user.manage': ['admin'],
  'sensor.manage': ['admin'],
  'sensor.watch': ['system'],
} as const satisfies Record<string, readonly Role[]>;

/** What stays open to an admin who has yet to enrol the second factor that policy asks for. */
const OWN_ACCOUNT: readonly string[] = ['public', 'self.read', 'self.change'];

export type Permission = keyof typeof PERMISSIONS;

/** Whether this actor's role has the permission. */
export function isAllowed(actor: Actor, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(actor.role);
}

/** The first line of every operation: throws 401 for strangers and 403 for the wrong role. */
export function authorize(actor: Actor, permission: Permission): void {
  if (personOf(actor)?.mustEnrolTotp && !OWN_ACCOUNT.includes(permission)) throw new TotpEnrolmentRequiredError();
  if (isAllowed(actor, permission)) return;
  if (actor.role === 'anonymous') throw new UnauthenticatedError();
  throw new ForbiddenError(permission);
}
