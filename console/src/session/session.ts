import { queryOptions } from '@tanstack/react-query';
import { accessToken, dropAccess, keepAccess, renewAccess } from '../api/access.ts';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';

export type Self = Schemas['User'];

/** Says that this browser holds a session, so that strangers are not asked for one. It is no secret. */
const HINT = 'edgewatch.signed-in';

/** What there is beside the password. */
export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: () => answerOf(client.GET('/auth/options')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const selfQuery = queryOptions({
  queryKey: ['self'],
  queryFn: () => answerOf(client.GET('/auth/me')),
  staleTime: 5 * 60_000,
});

let restored: Promise<boolean> | undefined;

/** Takes up the session of this browser after a reload; false when there is none. */
export function restoreSession(): Promise<boolean> {
  restored ??= hint.isSet() ? renewAccess() : Promise.resolve(false);
  restored.catch(() => {
    restored = undefined;
  });
  return restored;
}

/** Takes up the session that the issuer's sign-in has just left in the cookie. */
export function takeUpSession(): Promise<boolean> {
  hint.set();
  restored = undefined;
  return restoreSession();
}

type Credentials = { username: string; password: string; otp?: string };

export async function signIn(credentials: Credentials): Promise<void> {
  keepAccess(await answerOf(client.POST('/auth/login', { body: { ...credentials, browser: true } })));
  hint.set();
  restored = Promise.resolve(true);
}

/** Tells when somebody signs in in another tab. Answers a way to stop that. */
export function onSignInElsewhere(tell: () => void): () => void {
  const look = ({ key, newValue }: StorageEvent) => {
    if (key === HINT && newValue !== null) tell();
  };
  addEventListener('storage', look);
  return () => removeEventListener('storage', look);
}

/** Ends the session here and on the server, and leaves nothing of it in memory. */
export async function signOut(): Promise<void> {
  // Not by the client: a session that has ended already is no reason to ask for a new sign-in.
  const token = await accessToken().catch(() => undefined);
  const headers = { Authorization: `Bearer ${token}` };
  if (token) await fetch('/api/v1/auth/logout', { method: 'POST', headers }).catch(() => undefined);
  forgetSession();
}

/** Drops what is known of the person and starts over at the sign-in. */
export function forgetSession(): void {
  dropAccess();
  hint.clear();
  location.assign('/sign-in');
}

const hint = {
  isSet: () => read() !== null,
  // Another value each time, so that other tabs hear of it.
  set: () => attempt(() => localStorage.setItem(HINT, String(Date.now()))),
  clear: () => attempt(() => localStorage.removeItem(HINT)),
};

function read(): string | null {
  try {
    return localStorage.getItem(HINT);
  } catch {
    // Without storage we ask the server.
    return '';
  }
}

function attempt(change: () => void): void {
  try {
    change();
  } catch {
    // Without storage the session is asked for on every load.
  }
}
