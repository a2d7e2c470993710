import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ForbiddenError, UnauthenticatedError } from '../core/errors.ts';
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
      if (!(error instanceof UnauthenticatedError)) await writeDown(c, permission);
      throw error;
    }
    await next();
    // The role would do, but the thing is not theirs.
    if (c.error instanceof ForbiddenError) await writeDown(c, permission);
  });
  return {
    middleware: check,
    security: permission === 'public' ? [] : [{ bearer: [] }],
    'x-permission': permission,
  };
}

async function writeDown(c: HonoContext<AppEnv>, permission: Permission): Promise<void> {
  const { method } = c.req;
  const path = c.req.path.slice(0, MAX_PATH);
  await recordRefusal({ ctx: contextOf(c), input: { permission, method, path } });
}
