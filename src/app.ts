import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { NotFoundError } from './core/errors.ts';
import { settingsOf } from './core/settings.ts';
import { authenticate } from './http/authenticate.ts';
import { limitBody } from './http/body.ts';
import { openDatabaseSession } from './http/database-session.ts';
import { openApiJson } from './http/openapi-json.ts';
import { canonicalPath } from './http/path.ts';
import { pokeLive } from './http/poke-live.ts';
import { answerProblem } from './http/problem.ts';
import { announceLimits, rateLimit } from './http/rate-limit.ts';
import { refuseOtherMethods } from './http/refuse-other-methods.ts';
import type { AppEnv } from './http/router.ts';
import { securityTxt } from './http/security-txt.ts';
import { shedLoad } from './http/shed-load.ts';
import { reportPolicy } from './incidents/report-policy.ts';

const BODY_BYTES = 64 * 1024;

/** The routes that bound their bodies themselves. */
const OWN_LIMIT = /^\/api\/v1\/(?:events\/batch|incidents\/import|incidents\/[^/]+\/evidence)$/;

// JSON needs no resources and no frame; the docs pages have a policy of their own in `public/_headers`.
const SECURITY = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // A year, as OWASP ASVS 5.0 (3.4.1) asks for.
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
};

const SHEDDING = { firstSeconds: 2, maxSeconds: 10, jitterSeconds: 3 };

const EXPOSED = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Repr-Digest',
  'Retry-After',
  'X-D1-Bookmark',
  'X-Request-Id',
];

/** Exact origins from the configuration; everyone else gets no CORS header at all. */
const crossOrigin = createMiddleware<AppEnv>((c, next) => {
  const { corsOrigins } = settingsOf(c.env);
  if (corsOrigins.length === 0) return next();
  return cors({ origin: corsOrigins, exposeHeaders: EXPOSED, credentials: true, maxAge: 600 })(c, next);
});

/**
 * Gives a request the id under which the log knows it, always ours: a sent one is not trusted. Who is asking is a
 * stranger until `authenticate` has looked; what refuses earlier needs somebody, too.
 */
const begin = createMiddleware<AppEnv>(async (c, next) => {
  const requestId = crypto.randomUUID();
  c.set('requestId', requestId);
  c.set('actor', { role: 'anonymous' });
  await next();
  // Not `c.header`: of an answer that exists already that makes a copy, for each header.
  c.res.headers.set('X-Request-Id', requestId);
});

const neverStore = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  c.res.headers.set('Cache-Control', 'no-store');
});

const limitUsualBody = limitBody(BODY_BYTES);
const limitBodies = createMiddleware<AppEnv>((c, next) =>
  OWN_LIMIT.test(c.req.path) ? next() : limitUsualBody(c, next),
);

const shed = shedLoad(SHEDDING);

/** The Worker's HTTP side around the routes of some features. */
export function createApp(features: Hono<AppEnv>[]): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: canonicalPath });

  // Middleware, outermost first.
  app.use(begin);
  app.use('/api/v1/incidents/:id/report', reportPolicy);
  app.use(secureHeaders(SECURITY), crossOrigin);
  app.use('/api/*', neverStore, announceLimits);
  app.use('/api/*', shed, openDatabaseSession, authenticate, rateLimit, limitBodies, pokeLive);

  for (const routes of features) app.route('/api/v1', routes);
  app.get('/api/v1/openapi.json', openApiJson);
  for (const page of ['docs', 'swagger', 'redoc']) app.get(`/api/v1/${page}`, (c) => c.redirect(`/${page}`));
  app.get('/.well-known/security.txt', securityTxt);

  refuseOtherMethods(app);
  app.notFound(() => {
    throw new NotFoundError('route');
  });
  app.onError(answerProblem);
  return app;
}
