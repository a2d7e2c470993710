import { randomBytes } from 'node:crypto';
import { sign } from 'hono/jwt';
import { unstable_readConfig as readConfig } from 'wrangler';
import { newSigningKey } from '../../scripts/local/signing-key.ts';
import { PERSON } from './fill.ts';

/** Secrets of one run, and a limit that is counted but not reached: a thousand times the default. */
export function newBindings() {
  const JWT_SECRET = randomBytes(48).toString('base64url');
  return { settings: { JWT_SECRET, AUDIT_SIGNING_KEY: newSigningKey() }, limit: { LIMIT_USER_REQUESTS: '600000' } };
}

/** An access token of the person in the database, as sign-in would issue it, good for twelve hours. */
export function newToken({ JWT_SECRET }: { JWT_SECRET: string }): Promise<string> {
  const { vars } = readConfig({ config: 'wrangler.toml' }, { hideWarnings: true });
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    ...PERSON,
    iss: String(vars.TOKEN_ISSUER),
    aud: String(vars.TOKEN_AUDIENCE),
    iat,
    exp: iat + 43_200,
  };
  return sign(claims, JWT_SECRET, 'HS256');
}
