import type { Context as HonoContext } from 'hono';
import { settingsOf } from '../core/settings.ts';
import type { AppEnv } from './router.ts';

/**
 * Whether a browser sent this from a page of this origin or of one that CORS_ORIGINS names: `Origin` says so, and
 * `Sec-Fetch-Site`, where the browser sends it, does not say otherwise.
 */
export function comesFromOurPage(c: HonoContext<AppEnv>): boolean {
  const origin = c.req.header('Origin');
  const site = c.req.header('Sec-Fetch-Site') ?? 'same-origin';
  const isOurs = origin === new URL(c.req.url).origin && site === 'same-origin';
  const isAllowed = origin !== undefined && settingsOf(c.env).corsOrigins.includes(origin) && site !== 'cross-site';
  return isOurs || isAllowed;
}
