import { describe, expect, it } from 'vitest';
import { newRefreshToken, parseRefreshToken } from '../../src/identity/refresh-token.ts';

describe('a refresh token', () => {
  it('is read back to the hashes under which it is stored', () => {
    const { token, familyHash, secretHash } = newRefreshToken();
    expect(parseRefreshToken(token)).toMatchObject({ token, familyHash, secretHash, family: token.split('.')[0] });
  });

  it('is new each time; its family stays when it is renewed', () => {
    const first = newRefreshToken();
    const next = newRefreshToken(first.token.split('.')[0]);
    expect(next.familyHash).toBe(first.familyHash);
    expect(next.secretHash).not.toBe(first.secretHash);
    expect(newRefreshToken().familyHash).not.toBe(first.familyHash);
  });

  it('is not to be found in its hashes', () => {
    const { token, familyHash, secretHash } = newRefreshToken();
    for (const part of token.split('.')) expect([familyHash, secretHash]).not.toContain(part);
    expect(familyHash).toMatch(/^[\w-]{43}$/);
  });

  it.each(['', '.', 'a', 'a.', '.b', 'a.b.c', 'a.b.'])('is not this text: "%s"', (text) => {
    expect(parseRefreshToken(text)).toBeNull();
  });
});
