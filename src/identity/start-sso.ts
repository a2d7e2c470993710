import type { Call } from '../core/context.ts';
import { sha256 } from '../core/digest.ts';
import { issuerEndpoints } from '../http/issuer-endpoints.ts';
import { authorize } from './permissions.ts';
import { newSsoAttempt } from './sso-attempt.ts';

type Start = { from: string; redirectUri: string };

/** Begins a sign-in at the issuer: where the browser goes, and what it keeps meanwhile. */
export async function startSso({ ctx, input }: Call<Start>): Promise<{ location: string; cookie: string }> {
  authorize(ctx.actor, 'public');
  const { clientId, scope } = ctx.settings.oidc;
  const { authorization_endpoint: endpoint } = await issuerEndpoints(ctx.settings);
  const attempt = newSsoAttempt(ctx.settings, { now: ctx.clock(), from: input.from });
  const location = new URL(endpoint);
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: input.redirectUri,
    scope,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: sha256(attempt.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) location.searchParams.set(name, value);
  return { location: location.href, cookie: attempt.cookie };
}
