import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { jwt } from 'hono/jwt';
import type { Actor } from '../core/actor.ts';
import { systemClock } from '../core/clock.ts';
import { settingsOf } from '../core/settings.ts';
import { database } from '../db/client.ts';
import { identifySensor } from '../sensors/identify-sensor.ts';
import { isSensorKey } from '../sensors/sensor-key.ts';
import { accessTokenClaims, verification } from './access-token.ts';
import type { AppEnv } from './router.ts';

/**
 * Sets `actor` from `Authorization: Bearer …`: a sensor key or an access token. It refuses nobody: without good
 * credentials the caller is anonymous, and `authorize` answers 401 where a route needs more.
 */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  c.set('actor', { role: 'anonymous' });
  const header = c.req.header('Authorization');
  const token = header?.match(/^Bearer +(\S+)$/i)?.[1];
  if (header && !token) c.set('refusal', 'The Authorization header must be `Bearer` and a token.');
  if (!token) return next();

  if (isSensorKey(token)) {
    const sensor = await identifySensor({ db: database(c.env.DB), clock: systemClock, key: token });
    if (sensor) c.set('actor', sensor);
    else c.set('refusal', 'The sensor key is unknown or revoked.');
    return next();
  }
  const settings = settingsOf(c.env);
  const check = jwt({ secret: settings.jwtSecret, alg: 'HS256', verification: verification(settings) });
  try {
    await check(c, async () => {});
    c.set('actor', actorOf(c.get('jwtPayload' as never)));
  } catch (error) {
    if (!(error instanceof HTTPException)) throw error;
    c.set('refusal', 'The access token is not valid or has expired.');
  }
  return next();
});

function actorOf(payload: unknown): Actor {
  const claims = accessTokenClaims.safeParse(payload);
  if (!claims.success) throw new HTTPException(401);
  const { sub, username, role } = claims.data;
  return { role, userId: sub, username };
}
