import type { Hono } from 'hono';
import { createApp } from './app.ts';
import { canonicalPath } from './http/path.ts';
import type { AppEnv } from './http/router.ts';

type Routes = Hono<AppEnv>;
type Load = () => Promise<Routes>;

const identity: Load = async () => (await import('./identity/api.ts')).identityApi;
const events: Load = async () => (await import('./events/api.ts')).eventApi;
const alerts: Load = async () => (await import('./alerts/api.ts')).alertApi;
const incidents: Load = async () => (await import('./incidents/api.ts')).incidentApi;
const notes: Load = async () => (await import('./notes/routes.ts')).noteRoutes;
const evidence: Load = async () => (await import('./evidence/routes.ts')).evidenceRoutes;
const reports: Load = async () => (await import('./reports/routes.ts')).reportRoutes;
const sensors: Load = async () => (await import('./sensors/routes.ts')).sensorRoutes;
const channels: Load = async () => (await import('./notifications/channel-routes.ts')).channelRoutes;
const deliveries: Load = async () => (await import('./notifications/delivery-routes.ts')).deliveryRoutes;
const grouping: Load = async () => (await import('./grouping/routes.ts')).groupingRoutes;
const escalation: Load = async () => (await import('./escalation/routes.ts')).escalationRoutes;
const live: Load = async () => (await import('./live/routes.ts')).liveRoutes;
const silences: Load = async () => (await import('./silences/api.ts')).silenceApi;
const views: Load = async () => (await import('./views/routes.ts')).viewRoutes;
const audit: Load = async () => (await import('./audit/routes.ts')).auditRoutes;
const settings: Load = async () => (await import('./settings/routes.ts')).settingsRoutes;
const health: Load = async () => (await import('./http/health.ts')).healthRoutes;

/** The features that have routes under the first word of a path. */
const FEATURES = new Map<string, Load[]>([
  ['token', [identity]],
  ['auth', [identity]],
  ['users', [identity]],
  ['invitations', [identity]],
  ['events', [events]],
  ['alerts', [alerts, escalation]],
  ['incidents', [incidents, alerts, notes, evidence]],
  ['tags', [incidents]],
  ['notes', [notes]],
  ['evidence', [evidence]],
  ['reports', [reports]],
  ['sensors', [sensors]],
  ['channels', [channels]],
  ['deliveries', [deliveries]],
  ['grouping-rules', [grouping]],
  ['silences', [silences]],
  ['maintenance-windows', [silences]],
  ['escalation-policies', [escalation]],
  ['live', [live]],
  ['views', [views]],
  ['auditlogs', [audit]],
  ['settings', [settings]],
  ['health', [health]],
]);

type Asked = { request: Request; env: Env; execution: ExecutionContext };

const apps = new Map<string, Routes>();

/**
 * Answers a request by the features that its path is about. They are loaded when they are first asked for, so that an
 * isolate starts, and serves its first event, without the contracts of all others (docs/decisions/0020).
 */
export function answer({ request, env, execution }: Asked): Response | Promise<Response> {
  const [, , , first = ''] = canonicalPath(request).split('/');
  // What no feature has is all one, or made-up paths would fill the memory.
  const word = FEATURES.has(first) ? first : '';
  const app = apps.get(word);
  return app ? app.fetch(request, env, execution) : load(word).then((loaded) => loaded.fetch(request, env, execution));
}

async function load(word: string): Promise<Routes> {
  const features = await Promise.all((FEATURES.get(word) ?? []).map((feature) => feature()));
  const app = createApp(features);
  apps.set(word, app);
  return app;
}
