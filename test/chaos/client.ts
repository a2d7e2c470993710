import type { Instance } from './instance.ts';

export type Answer = { status: number; headers: Headers; text: string };
type Request = { method?: string; key?: string; headers?: Record<string, string>; body?: string };

const TIMEOUT_MS = 20_000;
/** A request that was refused so often will be refused for ever. */
const MAX_REFUSALS = 40;
const MAX_WAIT_MS = 300;
const MAX_SILENCE_MS = 120_000;

/** One request; null when it was not answered, because the server died or hung. */
export async function ask(instance: Instance, path: string, request: Request = {}): Promise<Answer | null> {
  const { method = 'GET', key = instance.token, headers, body } = request;
  const url = await instance.up();
  try {
    const response = await fetch(url + path, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch {
    return null;
  }
}

/** The same until there is an answer that is no fault of the server: 5xx, 429 and silence are tried again. */
export async function insist(instance: Instance, path: string, request: Request = {}): Promise<Answer> {
  const deadline = Date.now() + MAX_SILENCE_MS;
  for (let refusals = 0; Date.now() < deadline; ) {
    const answer = await ask(instance, path, request);
    if (answer && answer.status < 500 && answer.status !== 429) return answer;
    if (answer) refusals += 1;
    if (answer && refusals === MAX_REFUSALS) return answer;
    await pause(Math.min(20 * (refusals + 1), MAX_WAIT_MS));
  }
  throw new Error(`${path} got no answer within ${MAX_SILENCE_MS / 1000} seconds`);
}

/** Fires a cron, as Cloudflare's clock would; whether it succeeded. */
export async function fireCron(instance: Instance, cron: string): Promise<boolean> {
  const answer = await ask(instance, `/cdn-cgi/local/scheduled?${new URLSearchParams({ cron })}`);
  return answer?.status === 200;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
