import { createRoute } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { personOf } from '../core/actor.ts';
import { ValidationError } from '../core/errors.ts';
import { answerTokens } from '../http/access-token.ts';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { clearRefreshCookie, readRefreshCookie } from '../http/refresh-cookie.ts';
import { contextOf } from '../http/request-context.ts';
import { type AppEnv, newRouter } from '../http/router.ts';
import { endSessions } from './end-sessions.ts';
import { listSessions } from './list-sessions.ts';
import { refreshSession } from './refresh-session.ts';
import {
  type Credentials,
  credentials,
  refreshInput,
  sessionList,
  tokenPair,
  viewSession,
} from './session-contract.ts';
import { signIn } from './sign-in.ts';

const tags = ['Sign-in'];

const signInRoute = {
  method: 'post',
  tags,
  description:
    'The access token is good for 15 minutes, the refresh token for 30 days of not being used. Where 2FA is on and ' +
    '`otp` is missing, the problem is `otp_required`. Five wrong guesses in a quarter of an hour from one address are 429.',
  ...guard('public'),
  request: { body: jsonBody(credentials) },
  responses: { 200: json(tokenPair, 'Signed in.'), ...problems(400, 401, 413, 415, 429, 503) },
} as const;

const tokenRoute = createRoute({ ...signInRoute, path: '/token', summary: 'Get tokens', operationId: 'createToken' });
const loginRoute = createRoute({
  ...signInRoute,
  path: '/auth/login',
  summary: 'Get tokens (the same)',
  operationId: 'login',
});

const refreshRoute = createRoute({
  method: 'post',
  path: '/token/refresh',
  tags,
  summary: 'Renew a session',
  description:
    'The refresh token that is sent dies. Used a second time, it ends the whole session. In browser mode it is taken ' +
    'from the cookie, and `Origin` must be this one or one that the configuration allows.',
  operationId: 'refreshToken',
  ...guard('public'),
  request: { body: { content: { 'application/json': { schema: refreshInput } } } },
  responses: { 200: json(tokenPair, 'A new pair.'), ...problems(400, 401, 403, 413, 415, 429, 503) },
});

const logoutRoute = createRoute({
  method: 'post',
  path: '/auth/logout',
  tags,
  summary: 'Sign out',
  description: 'Ends the session of the access token, at once here and within ten seconds everywhere.',
  operationId: 'logout',
  ...guard('self.change'),
  responses: { 204: { description: 'Signed out.' }, ...problems(401, 403, 409, 429, 503) },
});

const listRoute = createRoute({
  method: 'get',
  path: '/auth/sessions',
  tags,
  summary: 'List my sessions',
  operationId: 'listSessions',
  ...guard('self.read'),
  responses: { 200: json(sessionList, 'Open sessions, newest first.'), ...problems(401, 403, 429, 503) },
});

const endRoute = createRoute({
  method: 'delete',
  path: '/auth/sessions/{id}',
  tags,
  summary: 'End one of my sessions',
  operationId: 'endSession',
  ...guard('self.change'),
  request: { params: idParams },
  responses: { 204: { description: 'Ended.' }, ...problems(400, 401, 403, 404, 429, 503) },
});

const endAllRoute = createRoute({
  method: 'delete',
  path: '/auth/sessions',
  tags,
  summary: 'Sign out everywhere',
  operationId: 'endAllSessions',
  ...guard('self.change'),
  responses: { 204: { description: 'All ended, this one included.' }, ...problems(401, 403, 429, 503) },
});

async function answerSignIn(c: HonoContext<AppEnv>, { browser, ...input }: Credentials) {
  const userAgent = c.req.header('User-Agent')?.slice(0, 200) ?? null;
  const session = await signIn({ ctx: contextOf(c), input: { ...input, userAgent } });
  return answerTokens(c, { session, browser });
}

export const sessionRoutes = newRouter()
  .openapi(tokenRoute, async (c) => c.json(await answerSignIn(c, c.req.valid('json')), 200))
  .openapi(loginRoute, async (c) => c.json(await answerSignIn(c, c.req.valid('json')), 200))
  .openapi(refreshRoute, async (c) => {
    const sent = c.req.valid('json').refresh;
    const refresh = sent ?? readRefreshCookie(c);
    if (!refresh) throw new ValidationError([{ pointer: '#/refresh', detail: 'is required, here or in the cookie' }]);
    const session = await refreshSession({ ctx: contextOf(c), input: { refresh } });
    return c.json(await answerTokens(c, { session, browser: sent === undefined }), 200);
  })
  .openapi(logoutRoute, async (c) => {
    await endSessions({ ctx: contextOf(c), input: { which: 'current' } });
    clearRefreshCookie(c);
    return c.body(null, 204);
  })
  .openapi(listRoute, async (c) => {
    const sessions = await listSessions({ ctx: contextOf(c) });
    const current = personOf(c.get('actor'))?.sessionId ?? null;
    return c.json({ data: sessions.map((session) => viewSession(session, current)) }, 200);
  })
  .openapi(endRoute, async (c) => {
    await endSessions({ ctx: contextOf(c), input: { which: c.req.valid('param').id } });
    return c.body(null, 204);
  })
  .openapi(endAllRoute, async (c) => {
    await endSessions({ ctx: contextOf(c), input: { which: 'all' } });
    clearRefreshCookie(c);
    return c.body(null, 204);
  });
