import { createMiddleware } from 'hono/factory';
import { UnauthenticatedError } from '../core/errors.ts';
import { authorize, type Permission } from '../identity/permissions.ts';
import type { AppEnv } from './router.ts';

/**
 * What a route says about who may call it: the check, before any input is read, and the same for the API
 * reference (`security`, `x-permission`). The operation authorises again, since queue and cron call it too.
 */
export function guard(permission: Permission) {
  const check = createMiddleware<AppEnv>(async (c, next) => {
    const refusal = c.get('refusal');
    if (refusal && permission !== 'public') throw new UnauthenticatedError(refusal);
    authorize(c.get('actor'), permission);
    await next();
  });
  return {
    middleware: check,
    security: permission === 'public' ? [] : [{ bearer: [] }],
    'x-permission': permission,
  };
}
