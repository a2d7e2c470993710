import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { jwt } from 'hono/jwt';
import type { Person } from '../core/actor.ts';
import { systemClock } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import { DomainError, UnauthenticatedError, UnavailableError } from '../core/errors.ts';
import { database } from '../db/client.ts';
import { checkSession } from '../identity/check-session.ts';
import { isExternalToken } from '../identity/external-token.ts';
import { identifyExternal } from '../identity/identify-external.ts';
import { identifySensor } from '../sensors/identify-sensor.ts';
import { isSensorKey } from '../sensors/sensor-key.ts';
import { accessTokenClaims, signingKey, verification } from './access-token.ts';
import { comesFromOurPage } from './origin.ts';
import { contextOf } from './request-context.ts';
import type { AppEnv } from './router.ts';

/**
 * Sets `actor` from `Authorization: Bearer …`: a sensor key, an access token, or a token of the external issuer, which
 * Cloudflare Access also sends in a header of its own. It refuses nobody: without good credentials the caller stays
 * anonymous, and `authorize` answers 401 where a route needs more.
 */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const header = c.req.header('Authorization');
  const token = header ? header.match(/^Bearer +(\S+)$/i)?.[1] : accessAssertion(c);
  if (header && !token)
    c.set('refusal', new UnauthenticatedError('The Authorization header must be `Bearer` and a token.'));
  if (!token) return next();

  if (isSensorKey(token)) {
    const sensor = await identifySensor({ db: database(c.env.DB), clock: systemClock, key: token });
    if (sensor) c.set('actor', sensor);
    else c.set('refusal', new UnauthenticatedError('The sensor key is unknown or revoked.'));
    return next();
  }
  const person = await identifyPerson(c, token).catch(unlessUnavailable);
  if (person instanceof DomainError) c.set('refusal', person);
  else if (person) c.set('actor', person);
  else c.set('refusal', new UnauthenticatedError(NOT_GOOD));
  return next();
});

const NOT_GOOD = 'The access token is not valid, has expired or its session has ended.';

/** While the issuer's keys are out of reach its people get 503 where they need to be known, and others nothing. */
function unlessUnavailable(error: unknown): UnavailableError {
  if (error instanceof UnavailableError) return error;
  throw error;
}

/**
 * The token that Cloudflare Access adds to what a browser sends, whichever page asked for it: like a cookie it counts
 * only when the page is ours. Other clients send no Origin.
 */
function accessAssertion(c: Request): string | undefined {
  const isForeign = c.req.header('Origin') !== undefined && !comesFromOurPage(c);
  return isForeign ? undefined : c.req.header('Cf-Access-Jwt-Assertion');
}

type Request = HonoContext<AppEnv>;

function identifyPerson(c: Request, token: string): Promise<Person | null> {
  // What somebody may do is read at the primary: no replica lets them in for longer, or has not heard of them yet.
  const ctx = { ...contextOf(c), db: database(c.env.DB) };
  return isExternalToken(ctx.settings, token) ? identifyExternal(ctx, token) : identifyOwn(c, ctx);
}

/** Hono's JWT middleware checks the signature, `exp`, `iss` and `aud`; the session says what the person is today. */
async function identifyOwn(c: Request, ctx: Context): Promise<Person | null> {
  const { settings } = ctx;
  const check = jwt({ secret: await signingKey(settings), alg: 'HS256', verification: verification(settings) });
  try {
    await check(c, async () => {});
  } catch (error) {
    if (error instanceof HTTPException) return null;
    throw error;
  }
  const claims = accessTokenClaims.safeParse(c.get('jwtPayload' as never));
  if (!claims.success) return null;
  const person = await checkSession({ ...ctx, sessionId: claims.data.sid });
  return person?.userId === claims.data.sub ? person : null;
}
