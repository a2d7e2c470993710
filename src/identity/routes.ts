import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  invitationPage,
  invitationQuery,
  linkView,
  newInvitation,
  newUser,
  passwordReset,
  registration,
  userPage,
  userPatch,
  userQuery,
  userView,
  viewInvitation,
  viewLink,
  viewUser,
} from './contract.ts';
import { createInvitation } from './create-invitation.ts';
import { createReset } from './create-reset.ts';
import { createUser } from './create-user.ts';
import { getUser } from './get-user.ts';
import { listInvitations } from './list-invitations.ts';
import { listUsers } from './list-users.ts';
import { registerUser } from './register-user.ts';
import { resetPassword } from './reset-password.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { updateUser } from './update-user.ts';

const tags = ['People'];
const manages = { tags, ...guard('user.manage') };
const strangers = { tags, ...guard('public') };

const registerRoute = createRoute({
  method: 'post',
  path: '/auth/register',
  ...strangers,
  summary: 'Register',
  description: 'As the policy says: with an invitation (the default), open to all as a member, or closed.',
  operationId: 'register',
  request: { body: jsonBody(registration) },
  responses: { 201: json(userView, 'Welcome. Sign in at /token.'), ...problems(400, 403, 409, 413, 415, 429, 503) },
});

const resetRoute = createRoute({
  method: 'post',
  path: '/auth/reset',
  ...strangers,
  summary: 'Set a new password by a reset link',
  operationId: 'resetPassword',
  request: { body: jsonBody(passwordReset) },
  responses: { 204: { description: 'Set. All sessions have ended.' }, ...problems(400, 413, 415, 429, 503) },
});

const createUserRoute = createRoute({
  method: 'post',
  path: '/users',
  ...manages,
  summary: 'Add a person',
  operationId: 'createUser',
  request: { body: jsonBody(newUser) },
  responses: { 201: json(userView, 'Added.'), ...problems(400, 401, 403, 409, 413, 415, 429, 503) },
});

const listUsersRoute = createRoute({
  method: 'get',
  path: '/users',
  ...manages,
  summary: 'List people',
  operationId: 'listUsers',
  request: { query: userQuery },
  responses: { 200: json(userPage, 'A page of people.'), ...problems(400, 401, 403, 429, 503) },
});

const getUserRoute = createRoute({
  method: 'get',
  path: '/users/{id}',
  ...manages,
  summary: 'Get a person',
  operationId: 'getUser',
  request: { params: idParams },
  responses: { 200: json(userView, 'The person.'), ...problems(400, 401, 403, 404, 429, 503) },
});

const patchUserRoute = createRoute({
  method: 'patch',
  path: '/users/{id}',
  ...manages,
  summary: "Change a person's role, or disable them",
  description: 'In force with their next request here, and within ten seconds everywhere. The last active admin stays.',
  operationId: 'patchUser',
  request: { params: idParams, body: jsonBody(userPatch) },
  responses: { 200: json(userView, 'As it is now.'), ...problems(400, 401, 403, 404, 409, 413, 415, 429, 503) },
});

const createResetRoute = createRoute({
  method: 'post',
  path: '/users/{id}/reset',
  ...manages,
  summary: 'Make a password reset link',
  operationId: 'createReset',
  request: { params: idParams },
  responses: { 201: json(linkView, 'The link, this once.'), ...problems(400, 401, 403, 404, 429, 503) },
});

const inviteRoute = createRoute({
  method: 'post',
  path: '/invitations',
  ...manages,
  summary: 'Invite a person',
  operationId: 'createInvitation',
  request: { body: jsonBody(newInvitation) },
  responses: { 201: json(linkView, 'The link, this once.'), ...problems(400, 401, 403, 413, 415, 429, 503) },
});

const listInvitationsRoute = createRoute({
  method: 'get',
  path: '/invitations',
  ...manages,
  summary: 'List open invitations',
  description: 'Those that were neither used nor revoked and have not expired. Their links are not shown again.',
  operationId: 'listInvitations',
  request: { query: invitationQuery },
  responses: { 200: json(invitationPage, 'A page of invitations.'), ...problems(400, 401, 403, 429, 503) },
});

const revokeInvitationRoute = createRoute({
  method: 'delete',
  path: '/invitations/{id}',
  ...manages,
  summary: 'Revoke an invitation',
  operationId: 'revokeInvitation',
  request: { params: idParams },
  responses: { 204: { description: 'Revoked.' }, ...problems(400, 401, 403, 404, 429, 503) },
});

export const identityRoutes = newRouter()
  .openapi(registerRoute, async (c) => {
    const user = await registerUser({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewUser(user), 201);
  })
  .openapi(resetRoute, async (c) => {
    await resetPassword({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.body(null, 204);
  })
  .openapi(createUserRoute, async (c) => {
    const user = await createUser({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewUser(user), 201);
  })
  .openapi(listUsersRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listUsers({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewUser }), 200);
  })
  .openapi(getUserRoute, async (c) => {
    const user = await getUser({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewUser(user), 200);
  })
  .openapi(patchUserRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewUser(await updateUser({ ctx: contextOf(c), input })), 200);
  })
  .openapi(createResetRoute, async (c) => {
    const made = await createReset({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewLink({ ...made, page: new URL('/reset', c.req.url) }), 201);
  })
  .openapi(inviteRoute, async (c) => {
    const made = await createInvitation({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewLink({ ...made, page: new URL('/register', c.req.url) }), 201);
  })
  .openapi(listInvitationsRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listInvitations({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewInvitation }), 200);
  })
  .openapi(revokeInvitationRoute, async (c) => {
    await revokeInvitation({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
