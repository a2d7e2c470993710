import { sign } from 'hono/jwt';
import { z } from 'zod';
import { USER_ROLES } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import type { Settings } from '../core/settings.ts';
import type { tokenPair } from '../identity/contract.ts';
import type { SignedIn } from '../identity/session.ts';

/** What an access token must say beyond `iss` and `aud`. Hono accepts a token without `exp`, so it is required here. */
export const accessTokenClaims = z.object({
  sub: z.string().regex(/^\d+$/).transform(Number),
  username: z.string().min(1),
  role: z.enum(USER_ROLES),
  sid: z.number().int(),
  iat: z.number().int(),
  exp: z.number().int(),
});

/** The `iss` and `aud` that Hono's JWT middleware checks. */
export function verification(settings: Settings) {
  return { iss: settings.tokenIssuer, aud: settings.tokenAudience };
}

/** The answer to a sign-in or a refresh: a signed access token beside the session's refresh token. */
export async function issueTokens(ctx: Context, session: SignedIn): Promise<z.output<typeof tokenPair>> {
  const { settings } = ctx;
  const iat = Math.floor(ctx.clock().getTime() / 1000);
  const claims = {
    ...verification(settings),
    sub: String(session.user.userId),
    username: session.user.username,
    role: session.user.role,
    sid: session.sessionId,
    iat,
    exp: iat + settings.accessTokenSeconds,
  } satisfies z.input<typeof accessTokenClaims> & Record<string, unknown>;
  return {
    access: await sign(claims, settings.jwtSecret, 'HS256'),
    refresh: session.refreshToken,
    token_type: 'Bearer',
    expires_in: settings.accessTokenSeconds,
  };
}
