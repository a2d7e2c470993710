import { randomBytes } from 'node:crypto';
import { sign } from 'hono/jwt';
import { readConfiguration } from '../../scripts/local/configuration.ts';
import { newSigningKey } from '../../scripts/local/signing-key.ts';
import { PERSON } from './fill.ts';

/** Secrets of one run, and a limit that is counted but not reached: a thousand times the default. */
export function newBindings() {
  const JWT_SECRET = randomBytes(48).toString('base64url');
  return { settings: { JWT_SECRET, AUDIT_SIGNING_KEY: newSigningKey() }, limit: { LIMIT_USER_REQUESTS: '600000' } };
}

/** An access token of the person in the database, as sign-in would issue it, good for twelve hours. */
export function newToken({ JWT_SECRET }: { JWT_SECRET: string }): Promise<string> {
  const { TOKEN_ISSUER: iss, TOKEN_AUDIENCE: aud } = readConfiguration().vars;
  const iat = Math.floor(Date.now() / 1000);
  return sign({ ...PERSON, iss, aud, iat, exp: iat + 43_200 }, JWT_SECRET, 'HS256');
}
