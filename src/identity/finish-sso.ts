import { z } from 'zod';
import type { Call, Context } from '../core/context.ts';
import { askIssuer } from '../http/ask-issuer.ts';
import { type Claims, verifyExternalToken } from '../http/external-token.ts';
import { issuerEndpoints } from '../http/issuer-endpoints.ts';
import { personOfClaims } from './identify-external.ts';
import { authorize } from './permissions.ts';
import { addressOf, rejectLater } from './record-rejection.ts';
import type { SignedIn } from './session.ts';
import { findSsoAttempt, type SsoAttempt } from './sso-attempt.ts';
import { startSession } from './start-session.ts';

/** Why nobody was signed in: nobody began it here, the issuer said no, it cannot be trusted, or no account is theirs. */
export type SsoFault = 'expired' | 'refused' | 'failed' | 'no_account';

type Return = {
  cookie: string;
  state?: string | undefined;
  code?: string | undefined;
  redirectUri: string;
  userAgent: string | null;
};

type Outcome = { session: SignedIn; from: string } | { fault: SsoFault; from: string };

/** Ends a sign-in at the issuer: a session of the person whom it vouches for, or why there is none. */
export async function finishSso({ ctx, input }: Call<Return>): Promise<Outcome> {
  authorize(ctx.actor, 'public');
  const attempt = findSsoAttempt(ctx.settings, { ...input, now: ctx.clock() });
  if (!attempt) return { fault: 'expired', from: '/' };
  const { from } = attempt;
  if (input.code === undefined) return { fault: 'refused', from };
  const claims = await redeem(ctx, { code: input.code, redirectUri: input.redirectUri, attempt });
  const person = claims && (await personOfClaims(ctx, claims));
  if (!person) {
    rejectLater(ctx, { action: 'session.refuse_sso', target: addressOf(ctx) });
    return { fault: claims ? 'no_account' : 'failed', from };
  }
  const { userId: id, username, role } = person;
  return { session: await startSession(ctx, { user: { id, username, role }, userAgent: input.userAgent }), from };
}

type Redeem = { code: string; redirectUri: string; attempt: SsoAttempt };

const answer = z.object({ id_token: z.string() });

/** The claims of the ID token that the issuer gives for a code; null when they are not for this sign-in. */
async function redeem(ctx: Context, { code, redirectUri, attempt }: Redeem): Promise<Claims | null> {
  const { clientId, clientSecret = '' } = ctx.settings.oidc;
  const { token_endpoint: endpoint } = await issuerEndpoints(ctx.settings);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: attempt.verifier,
  });
  const credentials = btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
  const headers = { Authorization: `Basic ${credentials}` };
  const { id_token: token } = answer.parse(await askIssuer(endpoint, { method: 'POST', headers, body }));
  const claims = await verifyExternalToken(ctx.settings, { token, audience: clientId });
  const isOurs = claims?.nonce === attempt.nonce && (claims.azp ?? clientId) === clientId;
  return isOurs ? claims : null;
}
