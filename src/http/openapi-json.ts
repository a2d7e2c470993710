import type { Context } from 'hono';
import type { AppEnv } from './router.ts';

/** The OpenAPI document. It is an asset: made of the contracts by `npm run openapi`, so the Worker need not know how. */
export async function openApiJson(c: Context<AppEnv>): Promise<Response> {
  const asset = await c.env.ASSETS.fetch(new URL('/openapi.json', c.req.url));
  return c.body(asset.body as ReadableStream, 200, { 'Content-Type': 'application/json' });
}
