import type { Hono } from 'hono';
import { MethodNotAllowedError } from '../core/errors.ts';
import type { AppEnv } from './router.ts';

/** Answers 405 with `Allow` on every path that exists for another method. Call it after the last route. */
export function refuseOtherMethods(app: Hono<AppEnv>): void {
  const allowed = new Map<string, Set<string>>();
  for (const { method, path } of app.routes) {
    if (method !== 'ALL') allowed.set(path, (allowed.get(path) ?? new Set()).add(method));
  }
  for (const [path, methods] of allowed) {
    app.all(path, () => {
      throw new MethodNotAllowedError([...methods]);
    });
  }
}
