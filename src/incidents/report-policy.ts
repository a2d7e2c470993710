import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../http/router.ts';
import { REPORT_POLICY } from './report-style.ts';

/** The page has a style, which the policy of everything else forbids. To stand outside of what sets that. */
export const reportPolicy = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  c.header('Content-Security-Policy', REPORT_POLICY);
});
