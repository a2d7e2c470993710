import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';

type Grant = { redirectUri: string | null; challenge: string | null; claims: JWTPayload };

/** As whom a Worker that takes part is registered with an issuer. */
export const CLIENT = { id: 'edgewatch console', secret: 'a secret: with/odd+characters' };

/** The authorization code grant with PKCE as an issuer keeps it (RFC 6749, RFC 7636): who agreed to what, by code. */
export function codeGrants() {
  const grants = new Map<string, Grant>();
  return {
    /** The person agrees to what this address asks for: where the browser goes then. */
    agree: (asked: URL, claims: JWTPayload = {}): URL => {
      const { searchParams: query } = asked;
      const code = crypto.randomUUID();
      const nonce = query.get('nonce') ?? undefined;
      const redirectUri = query.get('redirect_uri');
      const challenge = query.get('code_challenge');
      grants.set(code, { redirectUri, challenge, claims: { aud: CLIENT.id, nonce, ...claims } });
      return returnOf(asked, { code });
    },
    /** What the ID token of this code says; null for whoever may not have it. A code is good once. */
    redeem: ({ authorization, form }: { authorization: string; form: URLSearchParams }): JWTPayload | null => {
      const grant = grants.get(form.get('code') ?? '');
      grants.delete(form.get('code') ?? '');
      const verifier = createHash('sha256').update(form.get('code_verifier') ?? '');
      const isTheirs =
        authorization === `Basic ${btoa(`${encodeURIComponent(CLIENT.id)}:${encodeURIComponent(CLIENT.secret)}`)}` &&
        form.get('grant_type') === 'authorization_code' &&
        form.get('redirect_uri') === grant?.redirectUri &&
        verifier.digest('base64url') === grant?.challenge;
      return grant && isTheirs ? grant.claims : null;
    },
  };
}

/** Back to who asked, with this answer. */
export function returnOf({ searchParams: asked }: URL, answer: Record<string, string>): URL {
  const back = new URL(asked.get('redirect_uri') ?? '');
  for (const [name, value] of Object.entries({ ...answer, state: asked.get('state') ?? '' })) {
    back.searchParams.set(name, value);
  }
  return back;
}
