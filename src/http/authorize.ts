import { createMiddleware } from 'hono/factory';
import { UnauthenticatedError } from '../core/errors.ts';
import { authorize, type Permission } from '../identity/permissions.ts';
import { recordRefusal } from '../identity/record-refusal.ts';
import { contextOf } from './request-context.ts';
import type { AppEnv } from './router.ts';

/**
 * What a route says about who may call it: the check, before any input is read, and the same for the API
 * reference (`security`, `x-permission`). The operation authorises again, since queue and cron call it too.
 */
export function guard(permission: Permission) {
  const check = createMiddleware<AppEnv>(async (c, next) => {
    const refusal = c.get('refusal');
    if (refusal && permission !== 'public') throw new UnauthenticatedError(refusal);
    try {
      authorize(c.get('actor'), permission);
    } catch (error) {
      // A stranger's 401 is noise; what someone known was refused belongs into the audit log.
      const { method, path } = c.req;
      if (!(error instanceof UnauthenticatedError)) {
        await recordRefusal({ ctx: contextOf(c), input: { permission, method, path } });
      }
      throw error;
    }
    await next();
  });
  return {
    middleware: check,
    security: permission === 'public' ? [] : [{ bearer: [] }],
    'x-permission': permission,
  };
}
