import { newRouter } from '../http/router.ts';
import { identityRoutes } from './routes.ts';
import { selfRoutes } from './self-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { ssoRoutes } from './sso-routes.ts';

/** Signing in, one's own account, and people. */
export const identityApi = newRouter()
  .route('/', sessionRoutes)
  .route('/', ssoRoutes)
  .route('/', selfRoutes)
  .route('/', identityRoutes);
