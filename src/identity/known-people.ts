import type { Person } from '../core/actor.ts';

/**
 * How long an isolate trusts what it read of a person. What changes their standing (disabled, another role, signed out)
 * takes effect at once in the isolate that changed it and everywhere else within this time.
 */
const TRUST_MS = 10_000;
const MAX_KNOWN = 10_000;

const known = new Map<string, { person: Person; until: number }>();

/** The person behind these credentials, if this isolate read them within the last ten seconds. */
export function recallPerson(credentials: string, now: Date): Person | null {
  const hit = known.get(credentials);
  if (hit && hit.until > now.getTime()) return hit.person;
  known.delete(credentials);
  return null;
}

export function rememberPerson(credentials: string, { person, now }: { person: Person; now: Date }): Person {
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(credentials, { person, until: now.getTime() + TRUST_MS });
  return person;
}

/** Makes the next request of this person read the database again. Call it after every change of their standing. */
export function forgetPerson(userId: number): void {
  for (const [credentials, { person }] of known) if (person.userId === userId) known.delete(credentials);
}
