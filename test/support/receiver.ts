import { inject } from 'vitest';
import type { Settings } from '../../src/core/settings.ts';
import type { Mood, Seen } from './receiver-server.ts';

const base = inject('receiverUrl');

/** What lets channels reach the receiver, which is on this machine, and asks it for names. */
export const RECEIVER = {
  CHANNEL_TRUSTED_HOSTS: new URL(base).host,
  DNS_RESOLVER_URL: `${base}/dns-query`,
} as unknown as Partial<Env>;

/** The same as settings of a context. */
export function trusting(settings: Settings): Settings {
  const deliveries = { trustedHosts: [new URL(base).host], dnsResolverUrl: `${base}/dns-query` };
  return { ...settings, deliveries };
}

/** An inbox of the receiver that nobody else has: what it does with requests, and what came. */
export async function inbox(...moods: Mood[]) {
  const name = crypto.randomUUID();
  const put = (some: Mood[]) => told(`/moods/${name}`, some);
  await put(moods);
  return {
    url: `${base}/to/${name}`,
    answers: (...some: Mood[]) => put(some),
    seen: async (): Promise<Seen[]> => (await fetch(`${base}/seen/${name}`)).json(),
  };
}

/** What names resolve to: addresses, or the status with which the resolver fails. */
export function resolveNames(names: Record<string, string[] | number>): Promise<void> {
  return told('/names', names);
}

async function told(path: string, what: unknown): Promise<void> {
  const response = await fetch(`${base}${path}`, { method: 'PUT', body: JSON.stringify(what) });
  await response.text();
}
