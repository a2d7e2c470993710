import { z } from 'zod';
import type { Settings } from '../core/settings.ts';
import { askIssuer } from './ask-issuer.ts';

const configuration = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
});

const found = new Map<string, z.output<typeof configuration>>();

/** Where the issuer signs people in, as it says itself (OpenID Connect Discovery). Asked for once per isolate. */
export async function issuerEndpoints({ oidc: { issuer } }: Settings) {
  const known = found.get(issuer);
  if (known) return known;
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const endpoints = configuration.parse(await askIssuer(url));
  if (endpoints.issuer !== issuer) throw new Error('the configuration is of another issuer');
  found.set(issuer, endpoints);
  return endpoints;
}
