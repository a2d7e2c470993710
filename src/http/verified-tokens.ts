import { verify } from 'hono/jwt';
import type { z } from 'zod';
import type { Settings } from '../core/settings.ts';
import { accessTokenClaims, signingKey, verification } from './access-token.ts';

type Claims = z.output<typeof accessTokenClaims>;

/** Tokens are about 400 bytes, and only good ones are kept: strangers push nobody out. */
const MAX_KNOWN = 10_000;

// For each secret: what another one signed was not verified.
const known = new WeakMap<Settings, Map<string, Claims>>();

/**
 * The claims of an access token of ours, null when it is not good. Hono checks its signature, `iss`, `aud`, `iat`, `nbf`
 * and `exp`, once per isolate: of what it checks only `exp` can fail later, and that is looked at every time. What the
 * person may do today, and whether the session is still open, is another question (`check-session.ts`).
 */
export async function verifyAccessToken(
  settings: Settings,
  { token, now }: { token: string; now: Date },
): Promise<Claims | null> {
  const tokens = known.get(settings) ?? new Map<string, Claims>();
  known.set(settings, tokens);
  const claims = tokens.get(token) ?? (await learn(tokens, { token, settings }));
  if (claims && claims.exp * 1000 > now.getTime()) return claims;
  tokens.delete(token);
  return null;
}

async function learn(tokens: Map<string, Claims>, { token, settings }: { token: string; settings: Settings }) {
  const claims = await readClaims(settings, token);
  if (tokens.size >= MAX_KNOWN) tokens.clear();
  if (claims) tokens.set(token, claims);
  return claims;
}

async function readClaims(settings: Settings, token: string): Promise<Claims | null> {
  const key = await signingKey(settings);
  try {
    const payload = await verify(token, key, { alg: 'HS256', ...verification(settings) });
    return accessTokenClaims.safeParse(payload).data ?? null;
  } catch {
    // Hono throws for every fault of a token, and quotes it.
    return null;
  }
}
