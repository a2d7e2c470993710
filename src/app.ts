import { OpenAPIHono } from '@hono/zod-openapi';
import { except } from 'hono/combine';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { alertRoutes } from './alerts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { NotFoundError } from './core/errors.ts';
import { settingsOf } from './core/settings.ts';
import { eventRoutes } from './events/routes.ts';
import { authenticate } from './http/authenticate.ts';
import { limitBody } from './http/body.ts';
import { healthRoutes } from './http/health.ts';
import { openApiDocument } from './http/openapi.ts';
import { canonicalPath } from './http/path.ts';
import { answerProblem } from './http/problem.ts';
import { announceLimits, rateLimit } from './http/rate-limit.ts';
import { refuseOtherMethods } from './http/refuse-other-methods.ts';
import { type AppEnv, newRouter } from './http/router.ts';
import { securityTxt } from './http/security-txt.ts';
import { identityRoutes } from './identity/routes.ts';
import { selfRoutes } from './identity/self-routes.ts';
import { sessionRoutes } from './identity/session-routes.ts';
import { incidentLifecycleRoutes } from './incidents/lifecycle-routes.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { sensorRoutes } from './sensors/routes.ts';

const BODY_BYTES = 64 * 1024;

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

const EXPOSED = [
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
];

/** Exact origins from the configuration; everyone else gets no CORS header at all. */
const crossOrigin = createMiddleware<AppEnv>((c, next) => {
  const { corsOrigins } = settingsOf(c.env);
  if (corsOrigins.length === 0) return next();
  return cors({ origin: corsOrigins, exposeHeaders: EXPOSED, credentials: true, maxAge: 600 })(c, next);
});

/** Tells the caller the id under which the log knows the request. It is always ours: a sent one is not trusted. */
const noteRequestId = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  c.header('X-Request-Id', c.get('requestId'));
});

const neverStore = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
});

/** The contract: every route under `/api/v1`. */
export const api = newRouter()
  .route('/', sessionRoutes)
  .route('/', selfRoutes)
  .route('/', identityRoutes)
  .route('/', eventRoutes)
  .route('/', alertRoutes)
  .route('/', incidentRoutes)
  .route('/', incidentLifecycleRoutes)
  .route('/', sensorRoutes)
  .route('/', auditRoutes)
  .route('/', healthRoutes);

const app = new OpenAPIHono<AppEnv>({ getPath: canonicalPath });

// Middleware, outermost first.
app.use(requestId({ headerName: '' }), noteRequestId, secureHeaders(SECURITY), crossOrigin);
app.use('/api/*', neverStore, announceLimits, authenticate, rateLimit);
app.use('/api/*', except('/api/v1/events/batch', limitBody(BODY_BYTES)));

const routed = app.route('/api/v1', api);

let document: string | undefined;
app.get('/api/v1/openapi.json', (c) => {
  // It never changes while the Worker runs, and takes longer to build than any answer.
  document ??= JSON.stringify(openApiDocument(api));
  return c.body(document, 200, { 'Content-Type': 'application/json' });
});
for (const page of ['docs', 'swagger', 'redoc']) app.get(`/api/v1/${page}`, (c) => c.redirect(`/${page}`));
app.get('/', (c) => c.redirect('/docs'));
app.get('/.well-known/security.txt', securityTxt);

refuseOtherMethods(app);
app.notFound(() => {
  throw new NotFoundError('route');
});
app.onError(answerProblem);

/** The Worker's HTTP side. */
export { routed as app };

/** What `hc<Api>('https://…')` needs to know. */
export type Api = typeof routed;
