import { redirect } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { restoreSession, selfQuery } from './session.ts';

/** The `beforeLoad` of pages for people who are signed in. Strangers are sent to the sign-in, and come back. */
export async function requireSession({ location }: { location: { href: string } }): Promise<void> {
  if (!(await restoreSession())) {
    const from = location.href === '/' ? undefined : location.href;
    throw redirect({ to: '/sign-in', search: { from }, replace: true });
  }
  await queryClient.ensureQueryData(selfQuery);
}
