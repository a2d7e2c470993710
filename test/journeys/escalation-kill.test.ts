import { rm } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';
import { type Seen, startReceiver } from '../support/receiver-server.ts';
import { token } from '../support/remote.ts';

const ALERTS = 6;
const STEPS = [0, 2, 4, 6, 8];
const KILL_AFTER = [8, 20];

it('tells each step of each alert once, through two kill -9 in the middle', { timeout: 300_000 }, async () => {
  const receiver = await startReceiver();
  const env = { CHANNEL_TRUSTED_HOSTS: new URL(receiver.url).host };
  let product = await startProduct({ args: ['--no-demo'], env });
  let access = await token(product);
  const { id: channel } = await post(product, access, 'channels', {
    ...{ name: 'Receiver', type: 'webhook', url: `${receiver.url}/to/steps` },
  });
  const steps = STEPS.map((after_seconds) => ({ after_seconds, channel_ids: [channel] }));
  await post(product, access, 'escalation-policies', { name: 'Short', steps });
  for (let n = 0; n < ALERTS; n++) {
    await post(product, access, 'events', { source: `s-${n}`, event_type: 'scan', severity: 'critical' });
  }

  // The cron, more often than each minute, beside the queue: what a kill cut off is free again a minute later.
  const cron = () => fetch(`${product.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`).catch(() => null);
  const timer = setInterval(cron, 2_000);
  for (const told of [...KILL_AFTER, ALERTS * STEPS.length]) {
    await vi.waitUntil(async () => (await toldBy(receiver.url)).length >= told, { timeout: 120_000, interval: 20 });
    if (told === ALERTS * STEPS.length) break;
    await product.kill();
    product = await startProduct({ args: ['--no-demo'], env, state: product.state });
    access = await token(product);
  }
  clearInterval(timer);
  // Whatever is still to come comes now.
  await cron();
  const places = (await toldBy(receiver.url)).map(({ alert, escalation }) => `${alert.source} ${escalation.step}`);
  const all = Array.from({ length: ALERTS }, (_, n) => STEPS.map((_after, index) => `s-${n} ${index + 1}`)).flat();
  expect(places.sort()).toEqual(all.sort());
  const response = await fetch(`${product.url}/api/v1/deliveries?limit=100`, auth(access));
  const { data } = (await response.json()) as { data: unknown[] };
  expect(data).toHaveLength(all.length);

  await product.stop();
  await receiver.stop();
  await rm(product.state, { recursive: true });
});

type Body = { alert: { source: string }; escalation: { step: number } };

/** What the receiver was told. A request that a kill left without a record comes again with the id that it had. */
async function toldBy(url: string): Promise<Body[]> {
  const seen = (await (await fetch(`${url}/seen/steps`)).json()) as Seen[];
  const bodies = new Map(seen.map(({ headers, body }) => [headers['webhook-id'], body]));
  return [...bodies.values()].map((body) => JSON.parse(body).data);
}

const auth = (access: string) => ({
  headers: { Authorization: `Bearer ${access}`, 'Content-Type': 'application/json' },
});

async function post({ url }: Product, access: string, path: string, body: object): Promise<{ id: number }> {
  const init = { method: 'POST', ...auth(access), body: JSON.stringify(body) };
  const response = await fetch(`${url}/api/v1/${path}`, init);
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as { id: number };
}
