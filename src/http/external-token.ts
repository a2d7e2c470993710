import { decode, verify } from 'hono/jwt';
import { z } from 'zod';
import { UnavailableError } from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import type { Settings } from '../core/settings.ts';
import { issuerKey } from './issuer-keys.ts';

// Asymmetric only: a key set is public, so nothing may pass that uses one of its keys as a shared secret.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'] as const;

/** What a token may say that it is, if it says so: others that an issuer signs, as for a logout, let nobody in. */
const TYPES = ['JWT', 'at+jwt'];

const tokenHeader = z.object({
  alg: z.enum(ALGORITHMS),
  kid: z.string().optional(),
  typ: z.string().optional(),
});

/** Hono accepts a token without `exp`, so it is required here. */
const times = z.object({ exp: z.number(), iat: z.number().optional() });

export type Claims = z.output<typeof times> & Record<string, unknown>;

/** Whether a token says that it comes from the configured external issuer. It proves nothing yet. */
export function isExternalToken({ oidc }: Settings, token: string): boolean {
  if (oidc.issuer === '') return false;
  try {
    return decode(token).payload.iss === oidc.issuer;
  } catch {
    return false;
  }
}

type Presented = { token: string; audience: string };

/**
 * The claims of a token that says it is the external issuer's: its signature, `iss`, `aud`, `nbf` and `exp` checked; null
 * when one is wrong.
 */
export async function verifyExternalToken({ oidc }: Settings, { token, audience }: Presented): Promise<Claims | null> {
  const { data: header } = tokenHeader.safeParse(decode(token).header);
  if (!header) return null;
  const key = await issuerKey(oidc.jwksUrl, header).catch(giveUp);
  if (!key) return null;
  // A list, since Hono takes an audience that is empty for none. Its clock may be behind the issuer's: no `iat`.
  const options = { alg: header.alg, iss: oidc.issuer, aud: [audience], iat: false };
  try {
    const claims = await verify(token, key, header.typ === undefined ? options : { ...options, typ: TYPES });
    return times.safeParse(claims).success ? (claims as Claims) : null;
  } catch {
    // Hono throws for every fault of a token, and quotes it.
    return null;
  }
}

/** A key set that cannot be fetched or read is our trouble, not the caller's token. */
function giveUp(error: unknown): never {
  log.error('the key set of the issuer cannot be read', describeError(error));
  throw new UnavailableError();
}
