import { OpenAPIHono } from '@hono/zod-openapi';
import { except } from 'hono/combine';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { alertBulkRoutes } from './alerts/bulk-routes.ts';
import { alertExportRoutes } from './alerts/export-routes.ts';
import { alertRoutes } from './alerts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { NotFoundError } from './core/errors.ts';
import { settingsOf } from './core/settings.ts';
import { eventExportRoutes } from './events/export-routes.ts';
import { eventRoutes } from './events/routes.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { authenticate } from './http/authenticate.ts';
import { limitBody } from './http/body.ts';
import { openDatabaseSession } from './http/database-session.ts';
import { healthRoutes } from './http/health.ts';
import { openApiDocument } from './http/openapi.ts';
import { canonicalPath } from './http/path.ts';
import { answerProblem } from './http/problem.ts';
import { announceLimits, rateLimit } from './http/rate-limit.ts';
import { refuseOtherMethods } from './http/refuse-other-methods.ts';
import { type AppEnv, newRouter } from './http/router.ts';
import { securityTxt } from './http/security-txt.ts';
import { shedLoad } from './http/shed-load.ts';
import { identityRoutes } from './identity/routes.ts';
import { selfRoutes } from './identity/self-routes.ts';
import { sessionRoutes } from './identity/session-routes.ts';
import { incidentExportRoutes } from './incidents/export-routes.ts';
import { incidentImportRoutes } from './incidents/import-routes.ts';
import { incidentLifecycleRoutes } from './incidents/lifecycle-routes.ts';
import { incidentListRoutes } from './incidents/list-routes.ts';
import { incidentReportRoutes, reportPolicy } from './incidents/report-routes.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { tagRoutes } from './incidents/tag-routes.ts';
import { timelineRoutes } from './incidents/timeline-routes.ts';
import { noteRoutes } from './notes/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { retentionRoutes } from './retention/routes.ts';
import { sensorRoutes } from './sensors/routes.ts';

const BODY_BYTES = 64 * 1024;

/** The routes that bound their bodies themselves. */
const OWN_LIMIT = ['/api/v1/events/batch', '/api/v1/incidents/import', '/api/v1/incidents/:id/evidence'];

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

/** Tells the caller the id under which the log knows the request. It is always ours: a sent one is not trusted. */
const noteRequestId = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  c.header('X-Request-Id', c.get('requestId'));
});

/** Who is asking is a stranger until `authenticate` has looked; what refuses earlier needs somebody, too. */
const startAnonymous = createMiddleware<AppEnv>((c, next) => {
  c.set('actor', { role: 'anonymous' });
  return next();
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
  .route('/', eventExportRoutes)
  .route('/', retentionRoutes)
  .route('/', eventRoutes)
  .route('/', alertExportRoutes)
  .route('/', alertRoutes)
  .route('/', alertBulkRoutes)
  .route('/', incidentExportRoutes)
  .route('/', incidentImportRoutes)
  .route('/', incidentReportRoutes)
  .route('/', incidentListRoutes)
  .route('/', incidentRoutes)
  .route('/', incidentLifecycleRoutes)
  .route('/', tagRoutes)
  .route('/', timelineRoutes)
  .route('/', noteRoutes)
  .route('/', evidenceRoutes)
  .route('/', reportRoutes)
  .route('/', sensorRoutes)
  .route('/', auditRoutes)
  .route('/', healthRoutes);

const app = new OpenAPIHono<AppEnv>({ getPath: canonicalPath });

// Middleware, outermost first.
app.use(requestId({ headerName: '' }), noteRequestId);
app.use('/api/v1/incidents/:id/report', reportPolicy);
app.use(secureHeaders(SECURITY), crossOrigin);
app.use('/api/*', neverStore, startAnonymous, announceLimits);
app.use('/api/*', shedLoad(SHEDDING), openDatabaseSession, authenticate, rateLimit);
app.use('/api/*', except(OWN_LIMIT, limitBody(BODY_BYTES)));

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
