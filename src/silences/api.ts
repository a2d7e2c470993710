import { newRouter } from '../http/router.ts';
import { silenceRoutes } from './routes.ts';
import { windowRoutes } from './window-routes.ts';

/** Silences, one by one and recurring. */
export const silenceApi = newRouter().route('/', silenceRoutes).route('/', windowRoutes);
