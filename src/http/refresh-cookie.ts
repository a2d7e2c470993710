import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { ForbiddenOriginError } from '../core/errors.ts';
import { settingsOf } from '../core/settings.ts';
import { comesFromOurPage } from './origin.ts';
import type { AppEnv } from './router.ts';

// `__Host-` binds it to this host and to https; scripts cannot read it, and other sites cannot make it be sent.
const OPTIONS = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const;
const NAME = 'refresh';
const DAY_S = 24 * 60 * 60;

/** Keeps a refresh token where the browser sends it and scripts cannot see it. */
export function setRefreshCookie(c: HonoContext<AppEnv>, token: string): void {
  setCookie(c, NAME, token, { ...OPTIONS, maxAge: settingsOf(c.env).refreshTokenDays * DAY_S });
}

export function clearRefreshCookie(c: HonoContext<AppEnv>): void {
  deleteCookie(c, NAME, OPTIONS);
}

/**
 * The refresh token of the cookie, if there is one. A cookie is sent without anyone asking, so the request must come
 * from a page of this origin or of one that CORS_ORIGINS names: `Origin` must say so, and `Sec-Fetch-Site`, where the
 * browser sends it, must not say cross-site.
 */
export function readRefreshCookie(c: HonoContext<AppEnv>): string | undefined {
  const token = getCookie(c, NAME, 'host');
  if (token === undefined) return undefined;
  if (!comesFromOurPage(c)) throw new ForbiddenOriginError('renew a session by its cookie');
  return token;
}
