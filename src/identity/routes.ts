import { createRoute } from '@hono/zod-openapi';
import { issueTokens } from '../http/access-token.ts';
import { guard } from '../http/authorize.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { credentials, newUser, refreshInput, tokenPair, userView, viewUser } from './contract.ts';
import { createUser } from './create-user.ts';
import { getSelf } from './get-self.ts';
import { refreshSession } from './refresh-session.ts';
import { signIn } from './sign-in.ts';

const tags = ['Sign-in'];

const signInRoute = {
  method: 'post',
  tags,
  description: 'The access token is good for 15 minutes, the refresh token for 30 days of not being used.',
  ...guard('public'),
  request: { body: jsonBody(credentials) },
  responses: { 200: json(tokenPair, 'Signed in.'), ...problems(400, 401, 413, 415, 503) },
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
  description: 'The refresh token that is sent dies. Used a second time, it ends the whole session.',
  operationId: 'refreshToken',
  ...guard('public'),
  request: { body: jsonBody(refreshInput) },
  responses: { 200: json(tokenPair, 'A new pair.'), ...problems(400, 401, 413, 415, 503) },
});

const selfRoute = createRoute({
  method: 'get',
  path: '/auth/me',
  tags,
  summary: 'Who am I',
  operationId: 'getSelf',
  ...guard('self.read'),
  responses: { 200: json(userView, 'The person whose token this is.'), ...problems(401, 403, 503) },
});

const createUserRoute = createRoute({
  method: 'post',
  path: '/users',
  tags,
  summary: 'Add a person',
  operationId: 'createUser',
  ...guard('user.manage'),
  request: { body: jsonBody(newUser) },
  responses: { 201: json(userView, 'Added.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

export const identityRoutes = newRouter()
  .openapi(tokenRoute, async (c) => {
    const ctx = contextOf(c);
    return c.json(await issueTokens(ctx, await signIn({ ctx, input: c.req.valid('json') })), 200);
  })
  .openapi(loginRoute, async (c) => {
    const ctx = contextOf(c);
    return c.json(await issueTokens(ctx, await signIn({ ctx, input: c.req.valid('json') })), 200);
  })
  .openapi(refreshRoute, async (c) => {
    const ctx = contextOf(c);
    return c.json(await issueTokens(ctx, await refreshSession({ ctx, input: c.req.valid('json') })), 200);
  })
  .openapi(selfRoute, async (c) => c.json(viewUser(await getSelf({ ctx: contextOf(c) })), 200))
  .openapi(createUserRoute, async (c) => {
    const user = await createUser({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewUser(user), 201);
  });
