import { createMiddleware } from 'hono/factory';
import { NotFoundError } from '../core/errors.ts';
import { settingsOf } from '../core/settings.ts';
import type { AppEnv } from './router.ts';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** RFC 9116: whom to tell of a weakness of this instance. 404 while SECURITY_CONTACT is empty: we would name nobody. */
export const securityTxt = createMiddleware<AppEnv>(async (c) => {
  const { securityContact } = settingsOf(c.env);
  if (securityContact === '') throw new NotFoundError('security contact');
  const expires = new Date(Date.now() + 6 * MONTH_MS).toISOString();
  const lines = [`Contact: ${securityContact}`, `Expires: ${expires}`, 'Preferred-Languages: en'];
  return c.text(`${lines.join('\n')}\n`);
});
