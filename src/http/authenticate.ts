import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Actor, Person } from '../core/actor.ts';
import { systemClock } from '../core/clock.ts';
import { DomainError, UnauthenticatedError, UnavailableError } from '../core/errors.ts';
import { settingsOf } from '../core/settings.ts';
import { type Db, database } from '../db/client.ts';
import { checkSession } from '../identity/check-session.ts';
import { identifyExternal } from '../identity/identify-external.ts';
import { addressOf, rejectLater } from '../identity/record-rejection.ts';
import { identifySensor } from '../sensors/identify-sensor.ts';
import { noteOrigin } from '../sensors/note-origin.ts';
import { isSensorKey } from '../sensors/sensor-key.ts';
import { isExternalToken } from './external-token.ts';
import { comesFromOurPage } from './origin.ts';
import { contextOf } from './request-context.ts';
import type { AppEnv } from './router.ts';
import { verifyAccessToken } from './verified-tokens.ts';

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
  if (!token && c.req.path === '/api/v1/live') await admitByTicket(c);
  if (!token) return next();

  if (isSensorKey(token)) {
    const sensor = await identifySensor({ db: primaryOf(c.env), clock: systemClock, key: token });
    if (!sensor) refuseKey(c);
    else noteUse(c, sensor);
    return next();
  }
  const person = await identifyPerson(c, token).catch(unlessUnavailable);
  if (person instanceof DomainError) c.set('refusal', person);
  else if (person) c.set('actor', person);
  else c.set('refusal', new UnauthenticatedError(NOT_GOOD));
  return next();
});

function noteUse(c: Request, sensor: Extract<Actor, { role: 'sensor' }>): void {
  c.set('actor', sensor);
  noteOrigin(contextOf(c));
}

/** The WebSocket of a browser can send no header: it brings a ticket, which opens one connection. */
async function admitByTicket(c: Request): Promise<void> {
  const ticket = c.req.query('ticket');
  if (!ticket) return;
  const { redeemTicket } = await import('../live/redeem-ticket.ts');
  const settings = settingsOf(c.env);
  const person = await redeemTicket({ db: primaryOf(c.env), clock: systemClock, settings, ticket });
  if (person) c.set('actor', person);
  else c.set('refusal', new UnauthenticatedError('The ticket is unknown, used or has expired.'));
}

/** A bad key is in the audit log. A bad access token is not: each of them ends as one. */
function refuseKey(c: Request): void {
  const ctx = contextOf(c);
  c.set('refusal', new UnauthenticatedError('The sensor key is unknown or revoked.'));
  rejectLater(ctx, { action: 'sensor_key.refuse', target: addressOf(ctx) });
}

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

async function identifyPerson(c: Request, token: string): Promise<Person | null> {
  if (isExternalToken(settingsOf(c.env), token)) {
    return identifyExternal({ ...contextOf(c), db: primaryOf(c.env) }, token);
  }
  // Only tokens of the issuer come in the header of Cloudflare Access.
  return c.req.header('Authorization') ? identifyOwn(c.env, token) : null;
}

/** The token says whose session it is; the session says what the person is today. */
async function identifyOwn(env: Env, token: string): Promise<Person | null> {
  const settings = settingsOf(env);
  const claims = await verifyAccessToken(settings, { token, now: systemClock() });
  if (!claims) return null;
  const person = await checkSession({ db: primaryOf(env), clock: systemClock, settings, sessionId: claims.sid });
  return person?.userId === claims.sub ? person : null;
}

const primaries = new WeakMap<D1Database, Db>();

/** What somebody may do is read at the primary: no replica lets them in for longer, or has not heard of them yet. */
function primaryOf({ DB }: Env): Db {
  const db = primaries.get(DB) ?? database(DB);
  primaries.set(DB, db);
  return db;
}
