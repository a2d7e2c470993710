import { env } from 'cloudflare:workers';
import { sign } from 'hono/jwt';
import type { UserRole } from '../../src/core/actor.ts';
import { settingsOf } from '../../src/core/settings.ts';
import { database } from '../../src/db/client.ts';
import { sessions, users } from '../../src/identity/table.ts';
import { cheapHash } from './cheap-hash.ts';

export const PASSWORD = 'correct horse battery staple';

type Person = { username: string; role: UserRole; passwordHash?: string };

/**
 * A person in the database whose password is `PASSWORD`, under a hash that costs no time.
 * Where time is measured, give a `hashPassword` of the product.
 */
export async function person({ username, role, passwordHash = cheapHash(PASSWORD) }: Person) {
  const [user] = await database(env.DB)
    .insert(users)
    .values({ username, role, passwordHash, createdAt: new Date() })
    .returning();
  if (!user) throw new Error('not inserted');
  return user;
}

/** A person with a session, and an access token of it, as sign-in would issue it. */
export async function signedIn(role: UserRole, username: string = role): Promise<string> {
  const user = await person({ username, role });
  return accessToken({ sub: String(user.id), username, role, sid: await sessionOf(user.id) });
}

/** A session of this person that is good for an hour; its id. */
export async function sessionOf(userId: number): Promise<number> {
  const now = new Date();
  const times = { createdAt: now, refreshedAt: now, expiresAt: new Date(now.getTime() + 3_600_000) };
  const hashes = { familyHash: crypto.randomUUID(), secretHash: crypto.randomUUID() };
  const [session] = await database(env.DB)
    .insert(sessions)
    .values({ userId, ...times, ...hashes })
    .returning();
  if (!session) throw new Error('not inserted');
  return session.id;
}

/** An access token with these claims instead of the good ones. */
export async function accessToken(
  claims: Record<string, unknown>,
  secret = settingsOf(env).jwtSecret,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: 'edgewatch', aud: 'edgewatch-api', sid: 1, iat: now, exp: now + 900 };
  return sign({ ...good, ...claims }, secret, 'HS256');
}
