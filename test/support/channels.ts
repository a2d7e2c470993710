import { expectStatus } from './client.ts';
import { RECEIVER } from './receiver.ts';
import { callWith, silentQueue } from './worker.ts';

/** What channels need to be tested: a receiver on this machine, a sender of e-mail, and nothing sent by itself. */
export const BINDINGS = {
  ...RECEIVER,
  DELIVERY_QUEUE: silentQueue,
  EMAIL_FROM: 'edgewatch@example.com',
  PUBLIC_URL: 'https://edgewatch.example.com',
} as unknown as Partial<Env>;

export const ROUTING_KEY = 'R0123456789abcdefR0123456789abcd';

/** What each type of channel is addressed by. */
export const ADDRESSES = {
  webhook: { url: 'https://hooks.example.com/in/path-that-is-a-secret?token=secret-too' },
  slack: { url: 'https://hooks.slack.com/services/T0/B0/path-that-is-a-secret' },
  teams: { url: 'https://prod-1.westeurope.logic.azure.com/workflows/path-that-is-a-secret?sig=secret-too' },
  pagerduty: { routing_key: ROUTING_KEY },
  email: { to: ['soc@example.com', 'ana@example.com'] },
};

/** One request to `/channels` and below. */
export function ask(
  method: string,
  path: string,
  { token, body }: { token: string; body?: unknown },
): Promise<Response> {
  return callWith(method, `/api/v1/channels${path}`, { token, body, bindings: BINDINGS });
}

/** A new channel with a name of its own, as it was answered. */
export async function channel(token: string, body: object) {
  return expectStatus(await ask('POST', '', { token, body: { name: crypto.randomUUID(), ...body } }), 201);
}
