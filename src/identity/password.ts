import { Buffer } from 'node:buffer';
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

// OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3. Native in workerd, about 165 ms of CPU and 32 MiB.
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;

/** Stands in the place of a hash where another issuer signs the person in. No password has it. */
export const NO_PASSWORD = 'external';

/** A hash as `scrypt$N$r$p$salt$key`: the cost travels with it, so it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive({ password, salt, cost: COST });
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether the password has this hash. Without one (`undefined`, or an account of another issuer) it costs the same time. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  if (!hash?.startsWith('scrypt$')) {
    await derive({ password, salt: randomBytes(16), cost: COST });
    return false;
  }
  const [, n, r, p, salt = '', key = ''] = hash.split('$');
  const cost = { ...COST, N: Number(n), r: Number(r), p: Number(p) };
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive({ password, salt: Buffer.from(salt, 'base64url'), cost });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive({ password, salt, cost }: { password: string; salt: Buffer; cost: ScryptOptions }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
