import { createMiddleware } from 'hono/factory';
import { UnauthenticatedError } from '../core/errors.ts';
import { authorize, type Permission } from '../identity/permissions.ts';
import { recordRefusal } from '../identity/record-refusal.ts';
import { contextOf } from './request-context.ts';
import type { AppEnv } from './router.ts';

/** Of a refused path the audit log keeps so much: it is never emptied. */
const MAX_PATH = 200;

/**
 * What a route says about who may call it: the check, before any input is read, and the same for the API
 * reference (`security`, `x-permission`). The operation authorises again, since queue and cron call it too.
 */
export function guard(permission: Permission) {
  const check = createMiddleware<AppEnv>(async (c, next) => {
    const refusal = c.get('refusal');
    if (refusal && permission !== 'public') throw refusal;
    try {
      authorize(c.get('actor'), permission);
    } catch (error) {
      // A stranger's 401 is noise; what someone known was refused belongs into the audit log.
      const { method } = c.req;
      const path = c.req.path.slice(0, MAX_PATH);
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
