import { onlineManager } from '@tanstack/react-query';
import { Store } from '../core/store.ts';

/** What stands between us and the API, if anything. `until` is a time in milliseconds. */
export type Hindrance =
  | { kind: 'unreachable' }
  | { kind: 'limited'; until: number }
  | { kind: 'overloaded'; until: number };

const PROBE_MS = 3000;

/** Shown as a banner for as long as it lasts. */
export const hindrance = new Store<Hindrance | null>(null);

/** The API says so itself by 503; what stands before it, when nothing answers there, by the others. */
export function isOverload(status: number): boolean {
  return [502, 503, 504].includes(status);
}

/** Learns from each answer. Whoever waits for a quota is told how long; the queries wait for as long, too. */
export function noteAnswer({ status, headers }: Response): void {
  const seconds = Number(headers.get('Retry-After')) || 1;
  const until = Date.now() + seconds * 1000;
  if (status === 429) hindrance.set({ kind: 'limited', until });
  else if (isOverload(status)) hindrance.set({ kind: 'overloaded', until });
  else if (hindrance.get()?.kind === 'overloaded') hindrance.set(null);
}

let probe: ReturnType<typeof setTimeout> | undefined;

/** No answer came. Queries and changes rest until the API answers again, which is tried every few seconds. */
export function noteSilence(): void {
  if (probe !== undefined) return;
  hindrance.set({ kind: 'unreachable' });
  onlineManager.setOnline(false);
  probe = setTimeout(tryAgain, PROBE_MS);
}

async function tryAgain(): Promise<void> {
  if (!(await isReachable())) {
    probe = setTimeout(tryAgain, PROBE_MS);
    return;
  }
  probe = undefined;
  hindrance.set(null);
  onlineManager.setOnline(true);
}

/** Whether anything answers at all. */
export async function isReachable(): Promise<boolean> {
  return (await fetch('/api/v1/health', { cache: 'no-store' }).catch(() => null)) !== null;
}

/** Waits until the API has answered again. */
export function untilReachable(): Promise<void> {
  return new Promise((resolve) => {
    const end = hindrance.subscribe(() => {
      if (hindrance.get()?.kind === 'unreachable') return;
      end();
      resolve();
    });
  });
}

/** The browser knows of a lost connection before any request does. */
export function watchConnection(): void {
  addEventListener('offline', noteSilence);
  if (!navigator.onLine) noteSilence();
}
