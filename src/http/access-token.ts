import type { Context as HonoContext } from 'hono';
import { sign } from 'hono/jwt';
import { z } from 'zod';
import { USER_ROLES } from '../core/actor.ts';
import { systemClock } from '../core/clock.ts';
import { type Settings, settingsOf } from '../core/settings.ts';
import type { SignedIn } from '../identity/session.ts';
import type { tokenPair } from '../identity/session-contract.ts';
import { setRefreshCookie } from './refresh-cookie.ts';
import type { AppEnv } from './router.ts';

/** What an access token must say beyond `iss` and `aud`. Hono accepts a token without `exp`, so it is required here. */
export const accessTokenClaims = z.object({
  sub: z.string().regex(/^\d+$/).transform(Number),
  username: z.string().min(1),
  role: z.enum(USER_ROLES),
  sid: z.number().int(),
  iat: z.number().int(),
  exp: z.number().int(),
});

const keys = new Map<string, CryptoKey>();

/** The key that signs access tokens, imported once per isolate: Hono would import the secret for every request. */
export async function signingKey({ jwtSecret }: Settings): Promise<CryptoKey> {
  const known = keys.get(jwtSecret);
  if (known) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = new TextEncoder().encode(jwtSecret);
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
  keys.set(jwtSecret, key);
  return key;
}

/** The `iss` and `aud` that Hono's JWT middleware checks. */
export function verification(settings: Settings) {
  return { iss: settings.tokenIssuer, aud: settings.tokenAudience };
}

type Answer = { session: SignedIn; browser: boolean };

/**
 * The answer to a sign-in or a refresh: a signed access token, and the session's refresh token beside it or, in browser
 * mode, in the cookie.
 */
export async function answerTokens(
  c: HonoContext<AppEnv>,
  { session, browser }: Answer,
): Promise<z.output<typeof tokenPair>> {
  const settings = settingsOf(c.env);
  if (browser) setRefreshCookie(c, session.refreshToken);
  return {
    access: await signAccessToken(settings, session),
    refresh: browser ? null : session.refreshToken,
    token_type: 'Bearer',
    expires_in: settings.accessTokenSeconds,
  };
}

async function signAccessToken(settings: Settings, { user, sessionId }: SignedIn): Promise<string> {
  const iat = Math.floor(systemClock().getTime() / 1000);
  const claims = {
    ...verification(settings),
    sub: String(user.userId),
    username: user.username,
    role: user.role,
    sid: sessionId,
    iat,
    exp: iat + settings.accessTokenSeconds,
  } satisfies z.input<typeof accessTokenClaims> & Record<string, unknown>;
  return sign(claims, await signingKey(settings), 'HS256');
}
