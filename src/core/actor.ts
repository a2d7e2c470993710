export const USER_ROLES = ['admin', 'analyst', 'member'] as const;

export type UserRole = (typeof USER_ROLES)[number];

/** A signed-in person. */
export type Person = {
  role: UserRole;
  userId: number;
  username: string;
  /** Null when another issuer's token signed in: there is no session of ours. */
  sessionId: number | null;
  /** Set when policy asks for a second factor that is not enrolled yet: only their own account is open to them. */
  mustEnrolTotp: boolean;
};

/** Who is asking. Every operation receives exactly one of these and authorises it first. */
export type Actor =
  | Person
  | { role: 'sensor'; sensorId: number }
  | { role: 'system'; name: 'queue' | 'cron' | 'watch' }
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

/** The signed-in person; null for sensors, the system and strangers. */
export function personOf(actor: Actor): Person | null {
  return 'userId' in actor ? actor : null;
}

/** The username of a signed-in person; null for sensors, the system and strangers. */
export function usernameOf(actor: Actor): string | null {
  return personOf(actor)?.username ?? null;
}
