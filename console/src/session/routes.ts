import { createRoute, redirect } from '@tanstack/react-router';
import { textParam } from '../kit/search-params.ts';
import { lazyPage } from '../shell/lazy-page.ts';
import { rootRoute } from '../shell/root-route.tsx';
import { requireSession } from './require-session.ts';
import { takeUpSession } from './session.ts';
import { SignInPage } from './sign-in-page.tsx';

/** How a sign-in at the issuer went: there is a session now, or why there is none. */
const SSO_OUTCOMES = ['done', 'expired', 'refused', 'failed', 'no_account'] as const;

type SignInSearch = { from?: string | undefined; sso?: (typeof SSO_OUTCOMES)[number] | undefined };

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  component: SignInPage,
  // Only paths of this console: an address elsewhere would make the sign-in a springboard.
  validateSearch: (raw: Record<string, unknown>): SignInSearch => {
    const from = textParam(raw, 'from');
    return {
      from: from && /^\/(?![/\\])/.test(from) ? from : undefined,
      sso: SSO_OUTCOMES.find((outcome) => outcome === raw.sso),
    };
  },
  beforeLoad: async ({ search: { sso, from = '/' } }) => {
    if (sso === 'done' && (await takeUpSession())) throw redirect({ href: from, replace: true });
  },
});

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'register',
  component: lazyPage(() => import('./register-page.tsx'), 'RegisterPage'),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'reset',
  component: lazyPage(() => import('./reset-page.tsx'), 'ResetPage'),
});

const enrolRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'enrol',
  beforeLoad: requireSession,
  component: lazyPage(() => import('./enrol-page.tsx'), 'EnrolPage'),
});

export const sessionRoutes = [signInRoute, registerRoute, resetRoute, enrolRoute] as const;
