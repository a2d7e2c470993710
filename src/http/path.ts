import { getPath } from 'hono/utils/url';

const OUTSIDE_API = new Set(['/health', '/openapi.json']);

/**
 * The one path by which a request is routed: without a trailing slash, and under `/api/v1` however it was
 * addressed. `/api/events/` and `/api/v1/events` are the same route.
 */
export function canonicalPath(request: Request): string {
  const path = getPath(request).replace(/\/+$/, '') || '/';
  if (path === '/api/v1' || path.startsWith('/api/v1/')) return path;
  if (path.startsWith('/api/')) return path.replace('/api/', '/api/v1/');
  return OUTSIDE_API.has(path) ? `/api/v1${path}` : path;
}
