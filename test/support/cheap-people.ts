import { env } from 'cloudflare:workers';
import { Buffer } from 'node:buffer';
import { randomBytes, scryptSync } from 'node:crypto';
import { PASSWORD, person } from './people.ts';

type Person = Parameters<typeof person>[0];

/**
 * A person whose password is `PASSWORD` under a hash that costs no time: a hash carries its own cost. For tests that
 * send a hundred right names at once; where time is measured, use `person`.
 */
export async function cheapPerson({ username, role }: Person) {
  const salt = randomBytes(16);
  const key = scryptSync(PASSWORD.normalize('NFKC'), salt, 32, { N: 2, r: 8, p: 1 });
  const passwordHash = ['scrypt', 2, 8, 1, salt.toString('base64url'), Buffer.from(key).toString('base64url')].join(
    '$',
  );
  const user = await person({ username, role });
  await env.DB.prepare('UPDATE users SET password_hash = ? WHERE id = ?').bind(passwordHash, user.id).run();
  return user;
}

/** Sessions of this person that were started from these addresses. */
export async function sessionsFrom(addresses: string[], userId: number): Promise<void> {
  const columns = 'user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at, ip';
  const insert = env.DB.prepare(`INSERT INTO sessions (${columns}) VALUES (?, ?, '', 0, 0, ?, ?)`);
  const expiresAt = Date.now() + 3_600_000;
  await env.DB.batch(addresses.map((ip) => insert.bind(userId, crypto.randomUUID(), expiresAt, ip)));
}

/** So many different addresses. */
export function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `198.51.100.${n + 1}`);
}
