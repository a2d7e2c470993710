export const USER_ROLES = ['admin', 'analyst', 'member'] as const;

export type UserRole = (typeof USER_ROLES)[number];

/** Who is asking. Every operation receives exactly one of these and authorises it first. */
export type Actor =
  | { role: UserRole; userId: number; username: string }
  | { role: 'sensor'; sensorId: number }
  | { role: 'system'; name: 'queue' | 'cron' }
  | { role: 'anonymous' };

export type Role = Actor['role'];

/** How an actor is written in audit rows and on events: `user:alice`, `sensor:3`, `system:queue`. */
export function actorLabel(actor: Actor): string {
  switch (actor.role) {
    case 'sensor':
      return `sensor:${actor.sensorId}`;
    case 'system':
      return `system:${actor.name}`;
    case 'anonymous':
      return 'anonymous';
    default:
      return `user:${actor.username}`;
  }
}

/** The username of a signed-in person; null for sensors, the system and strangers. */
export function usernameOf(actor: Actor): string | null {
  return 'username' in actor ? actor.username : null;
}
