import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/identity/password.ts';

describe('a hashed password', () => {
  it('says its cost and a salt of its own, never the password', async () => {
    const [one, other] = await Promise.all([hashPassword('same password'), hashPassword('same password')]);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(other).not.toBe(one);
    expect(one).not.toContain('same');
  });

  it('is verified by the password and by nothing near it', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    for (const wrong of ['Correct horse', 'correct horse ', 'correct hors', '', 'correct\u00a0horse!']) {
      expect(await verifyPassword(wrong, hash)).toBe(false);
    }
  });

  it('is verified at the cost that it names, so that the cost can be raised later', async () => {
    // "password" at N=16, r=1, p=1, as another implementation of RFC 7914 would store it.
    const { scryptSync } = await import('node:crypto');
    const key = scryptSync('password', 'NaCl', 32, { N: 16, r: 1, p: 1 }).toString('base64url');
    const hash = `scrypt$16$1$1$${btoa('NaCl').replaceAll('=', '')}$${key}`;
    expect(await verifyPassword('password', hash)).toBe(true);
    expect(await verifyPassword('Password', hash)).toBe(false);
  });

  it('is the same however the keyboard composes its characters', async () => {
    const hash = await hashPassword('Zürich \ufb01nal');
    expect(await verifyPassword('Zu\u0308rich final', hash)).toBe(true);
    expect(await verifyPassword('Zurich final', hash)).toBe(false);
  });

  it('of a thousand characters depends on the last one', async () => {
    const long = 'x'.repeat(999);
    const hash = await hashPassword(`${long}a`);
    expect(await verifyPassword(`${long}a`, hash)).toBe(true);
    expect(await verifyPassword(`${long}b`, hash)).toBe(false);
  });

  it('that does not exist is never verified', async () => {
    expect(await verifyPassword('anything', undefined)).toBe(false);
    expect(await verifyPassword('', undefined)).toBe(false);
  });

  it('that is damaged is never verified', async () => {
    const empty = 'scrypt$32768$8$3$c2FsdA$';
    expect(await verifyPassword('', empty)).toBe(false);
    expect(await verifyPassword('anything', empty)).toBe(false);
  });
});
