import { lazyRouteComponent } from '@tanstack/react-router';
import { loadPatiently } from '../api/load-patiently.ts';

/** A page that is loaded when someone goes there: `lazyPage(() => import('./alerts-page.tsx'), 'AlertsPage')`. */
export function lazyPage<Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(() => loadPatiently(load), name);
}
