import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { changePassword } from './change-password.ts';
import { confirmTotp } from './confirm-totp.ts';
import { passwordChange, selfPatch, userView, viewUser } from './contract.ts';
import { disableTotp } from './disable-totp.ts';
import { enrolTotp } from './enrol-totp.ts';
import { getSelf } from './get-self.ts';
import { renewRecoveryCodes } from './renew-recovery-codes.ts';
import { reauthentication, recoveryCodesView, totpConfirmation, totpEnrolment } from './session-contract.ts';
import { updateSelf } from './update-self.ts';

const tags = ['My account'];
const changes = { tags, ...guard('self.change') };
const refusals = problems(400, 401, 403, 409, 413, 415, 429, 503);

const getRoute = createRoute({
  method: 'get',
  path: '/auth/me',
  tags,
  summary: 'Who am I',
  operationId: 'getSelf',
  ...guard('self.read'),
  responses: { 200: json(userView, 'The person whose token this is.'), ...problems(401, 403, 429, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/auth/me',
  ...changes,
  summary: 'Change my e-mail address',
  operationId: 'patchSelf',
  request: { body: jsonBody(selfPatch) },
  responses: { 200: json(userView, 'As it is now.'), ...refusals },
});

const passwordRoute = createRoute({
  method: 'post',
  path: '/auth/password',
  ...changes,
  summary: 'Change my password',
  description: 'Needs the current one. All my other sessions end.',
  operationId: 'changePassword',
  request: { body: jsonBody(passwordChange) },
  responses: { 204: { description: 'Changed.' }, ...refusals },
});

const enrolRoute = createRoute({
  method: 'post',
  path: '/auth/totp',
  ...changes,
  summary: 'Start to enrol 2FA',
  description: 'A new secret for an authenticator app. It is in force once `/auth/totp/confirm` has seen a code.',
  operationId: 'enrolTotp',
  request: { body: jsonBody(reauthentication) },
  responses: { 200: json(totpEnrolment, 'The secret, this once.'), ...refusals },
});

const confirmRoute = createRoute({
  method: 'post',
  path: '/auth/totp/confirm',
  ...changes,
  summary: 'Turn 2FA on',
  operationId: 'confirmTotp',
  request: { body: jsonBody(totpConfirmation) },
  responses: { 200: json(recoveryCodesView, 'On. The recovery codes, this once.'), ...refusals },
});

const disableRoute = createRoute({
  method: 'post',
  path: '/auth/totp/disable',
  ...changes,
  summary: 'Turn 2FA off',
  operationId: 'disableTotp',
  request: { body: jsonBody(reauthentication) },
  responses: { 204: { description: 'Off.' }, ...refusals },
});

const recoveryRoute = createRoute({
  method: 'post',
  path: '/auth/totp/recovery-codes',
  ...changes,
  summary: 'New recovery codes',
  description: 'The earlier ones stop working.',
  operationId: 'renewRecoveryCodes',
  request: { body: jsonBody(reauthentication) },
  responses: { 200: json(recoveryCodesView, 'The codes, this once.'), ...refusals },
});

export const selfRoutes = newRouter()
  .openapi(getRoute, async (c) => c.json(viewUser(await getSelf({ ctx: contextOf(c) })), 200))
  .openapi(patchRoute, async (c) => {
    const user = await updateSelf({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewUser(user), 200);
  })
  .openapi(passwordRoute, async (c) => {
    await changePassword({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.body(null, 204);
  })
  .openapi(enrolRoute, async (c) => {
    const enrolment = await enrolTotp({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(enrolment, 200);
  })
  .openapi(confirmRoute, async (c) => {
    const codes = await confirmTotp({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json({ recovery_codes: codes }, 200);
  })
  .openapi(disableRoute, async (c) => {
    await disableTotp({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.body(null, 204);
  })
  .openapi(recoveryRoute, async (c) => {
    const codes = await renewRecoveryCodes({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json({ recovery_codes: codes }, 200);
  });
