import { ApiProblem } from './api-problem.ts';
import { noteAnswer, noteSilence } from './reachability.ts';
import type { Schemas } from './schema.ts';

type Access = { token: string; expiresAt: number };

// In memory only. The refresh token is in a cookie that no script can read.
let access: Access | undefined;
let renewal: Promise<boolean> | undefined;

/** Renewed a little early, so that a request seldom comes back for it. */
const EARLY_MS = 20_000;

export function keepAccess({ access: token, expires_in: seconds }: Schemas['TokenPair']): void {
  access = { token, expiresAt: Date.now() + seconds * 1000 };
}

export function dropAccess(): void {
  access = undefined;
}

/** The access token, renewed when it is about to expire; nothing when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (access && access.expiresAt - Date.now() < EARLY_MS) await renewAccess();
  return access?.token;
}

/**
 * Renews the session by its cookie; false when there is none any more. One renewal at a time, in all tabs together: a
 * refresh token works once, and used twice it ends the session.
 */
export function renewAccess(): Promise<boolean> {
  renewal ??= navigator.locks.request('edgewatch.refresh', renew).finally(() => {
    renewal = undefined;
  });
  return renewal;
}

async function renew(): Promise<boolean> {
  const response = await post('/api/v1/token/refresh').catch(() => {
    noteSilence();
    throw ApiProblem.unreachable();
  });
  noteAnswer(response);
  if (response.status === 429 || response.status >= 500) throw await ApiProblem.of(response);
  if (!response.ok) {
    dropAccess();
    return false;
  }
  const before = access;
  keepAccess(await response.json());
  if (before && access && personOf(before.token) !== personOf(access.token)) location.reload();
  return true;
}

function post(url: string): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
}

/** Whose token it is. Someone else may have signed in by another tab; this page then starts anew. */
function personOf(token: string): unknown {
  const payload = token.split('.')[1] ?? '';
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub;
}
