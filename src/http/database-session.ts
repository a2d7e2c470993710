import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ValidationError } from '../core/errors.ts';
import { database } from '../db/client.ts';
import type { AppEnv } from './router.ts';

const HEADER = 'X-D1-Bookmark';

/** How D1 writes a bookmark. Nothing else reaches it: names of constraints such as `first-primary` least of all. */
const BOOKMARK = /^[0-9a-f]{8}(?:-[0-9a-f]{8}){2}-[0-9a-f]{32}$/;

/**
 * Opens the D1 session of a request and answers its bookmark. Reads may be served by a replica that is as new as the
 * bookmark that the client sends; mutations start at the primary. So who sends the last bookmark back reads what they
 * wrote (developers.cloudflare.com/d1/best-practices/read-replication).
 */
export const openDatabaseSession = createMiddleware<AppEnv>(async (c, next) => {
  const session = c.env.DB.withSession(startOf(c));
  c.set('db', database(session));
  await next();
  const bookmark = session.getBookmark();
  if (bookmark) c.res.headers.set(HEADER, bookmark);
});

function startOf(c: HonoContext<AppEnv>): D1SessionBookmark | D1SessionConstraint {
  const bookmark = c.req.header(HEADER);
  if (bookmark !== undefined && !BOOKMARK.test(bookmark)) {
    throw new ValidationError([{ pointer: 'header/x-d1-bookmark', detail: 'must be a bookmark as it was answered' }]);
  }
  // The return from an issuer is a GET that signs in.
  const isRead = ['GET', 'HEAD'].includes(c.req.method) && c.req.path !== '/api/v1/auth/sso/callback';
  return isRead ? (bookmark ?? 'first-unconstrained') : 'first-primary';
}
