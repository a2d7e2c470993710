import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { AppEnv } from './router.ts';

// Lax, since it has to come along when the issuer sends the browser back.
const OPTIONS = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;
const NAME = 'sso';

/** Keeps in the browser which sign-in at the issuer it began. */
export function setSsoCookie(c: HonoContext<AppEnv>, text: string): void {
  setCookie(c, NAME, text, { ...OPTIONS, maxAge: 600 });
}

/** What the cookie holds. It is good for one return only. */
export function takeSsoCookie(c: HonoContext<AppEnv>): string {
  const text = getCookie(c, NAME, 'host') ?? '';
  deleteCookie(c, NAME, OPTIONS);
  return text;
}
