import { createRoute, z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { NotFoundError } from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import { settingsOf } from '../core/settings.ts';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { setRefreshCookie } from '../http/refresh-cookie.ts';
import { contextOf } from '../http/request-context.ts';
import { type AppEnv, newRouter } from '../http/router.ts';
import { setSsoCookie, takeSsoCookie } from '../http/sso-cookie.ts';
import { finishSso } from './finish-sso.ts';
import { signInOptions, ssoReturn, ssoStart } from './sso-contract.ts';
import { startSso } from './start-sso.ts';

const shared = { tags: ['Sign-in'], ...guard('public') };

const optionsRoute = createRoute({
  ...shared,
  method: 'get',
  path: '/auth/options',
  summary: 'How one can sign in',
  operationId: 'getSignInOptions',
  request: { query: z.strictObject({}) },
  responses: { 200: json(signInOptions, 'Beside the password.'), ...problems(400) },
});

const startRoute = createRoute({
  ...shared,
  method: 'get',
  path: '/auth/sso',
  summary: 'Sign in at the issuer',
  description: 'For browsers: leads to the issuer of `OIDC_ISSUER`, which leads back to the callback.',
  operationId: 'startSso',
  request: { query: ssoStart },
  responses: { 302: { description: 'To the issuer.' }, ...problems(400, 404) },
});

const callbackRoute = createRoute({
  ...shared,
  method: 'get',
  path: '/auth/sso/callback',
  summary: 'Return from the issuer',
  description:
    'For browsers: starts a session, whose refresh token is in the cookie, and leads to the console. So does whatever ' +
    'went wrong; `sso` in the address of the sign-in page then says what.',
  operationId: 'finishSso',
  request: { query: ssoReturn },
  responses: { 303: { description: 'To the console.' }, ...problems(400, 404) },
});

const isOn = (c: HonoContext<AppEnv>): boolean => {
  const { issuer, clientId, clientSecret } = settingsOf(c.env).oidc;
  return issuer !== '' && clientId !== '' && Boolean(clientSecret);
};

/** Where the issuer sends the browser back. */
function redirectUri(c: HonoContext<AppEnv>): string {
  if (!isOn(c)) throw new NotFoundError('route');
  return new URL('/api/v1/auth/sso/callback', c.req.url).href;
}

/** A page of the sign-in that says how it went. Whoever is here uses a browser, so a problem would be a dead end. */
const signInPage = (sso: string, from = '/') => `/sign-in?${new URLSearchParams({ sso, from })}`;

function noteFailure(error: unknown) {
  log.error('the sign-in at the issuer failed', describeError(error));
  return { fault: 'failed', from: '/' } as const;
}

export const ssoRoutes = newRouter()
  .openapi(optionsRoute, (c) => c.json({ sso: isOn(c) }, 200))
  .openapi(startRoute, async (c) => {
    const input = { ...c.req.valid('query'), redirectUri: redirectUri(c) };
    const start = await startSso({ ctx: contextOf(c), input }).catch(noteFailure);
    if ('fault' in start) return c.redirect(signInPage(start.fault, input.from), 302);
    setSsoCookie(c, start.cookie);
    return c.redirect(start.location, 302);
  })
  .openapi(callbackRoute, async (c) => {
    const userAgent = c.req.header('User-Agent')?.slice(0, 200) ?? null;
    const input = { ...c.req.valid('query'), redirectUri: redirectUri(c), cookie: takeSsoCookie(c), userAgent };
    const outcome = await finishSso({ ctx: contextOf(c), input }).catch(noteFailure);
    if ('fault' in outcome) return c.redirect(signInPage(outcome.fault, outcome.from), 303);
    setRefreshCookie(c, outcome.session.refreshToken);
    return c.redirect(signInPage('done', outcome.from), 303);
  });
