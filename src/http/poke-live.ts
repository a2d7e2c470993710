import { createMiddleware } from 'hono/factory';
import { hubOf } from '../live/hub-of.ts';
import { contextOf } from './request-context.ts';
import type { AppEnv } from './router.ts';

/** Paths under which something changes that people watch, or who may watch. Posting an event raises its alert later. */
const WATCHED =
  /^\/api\/v1\/(?:alerts|incidents|notes|evidence|silences|maintenance-windows|events\/\d|users|auth)(?:\/|\d|$)/;

/** Lets the live hub know, once the answer is out, that something was changed. A poke that is lost is made good soon. */
export const pokeLive = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  const { method, path } = c.req;
  if (method === 'GET' || method === 'HEAD' || !c.res.ok || !WATCHED.test(path)) return;
  contextOf(c).later('poke of the live hub', () => hubOf(c.env).poke());
});
