import { env } from 'cloudflare:workers';

/** So many different addresses. */
export function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `198.51.100.${n + 1}`);
}

/** Sessions of this person that were started from these addresses. */
export async function sessionsFrom(from: string[], userId: number): Promise<void> {
  const columns = 'user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at, ip';
  const insert = env.DB.prepare(`INSERT INTO sessions (${columns}) VALUES (?, ?, '', 0, 0, ?, ?)`);
  const expiresAt = Date.now() + 3_600_000;
  await env.DB.batch(from.map((ip) => insert.bind(userId, crypto.randomUUID(), expiresAt, ip)));
}
