import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';
import { allAlerts, allEvents, token } from '../support/remote.ts';

const EVENTS = 200;
const KILL_AFTER = [40, 90, 140];

it('keeps every accepted Critical event once, with exactly one alert, through three kill -9', async () => {
  const ids = Array.from({ length: EVENTS }, (_, n) => `killed-${n}`);
  let product = await startProduct({ args: ['--no-demo'] });
  const accepted = new Set<string>();
  const kills = [...KILL_AFTER];
  let access = await token(product);

  while (accepted.size < EVENTS) {
    const some = ids.filter((id) => !accepted.has(id)).slice(0, 10);
    const posts = some.map(async (id) => {
      if (await post(product, { id, access })) accepted.add(id);
    });
    // The kill falls among the posts: some were answered, some were stored unanswered, some never arrived.
    if (kills[0] !== undefined && accepted.size >= kills[0]) {
      kills.shift();
      await new Promise((wait) => setTimeout(wait, 5));
      await product.kill();
      await Promise.all(posts);
      product = await startProduct({ args: ['--no-demo'], state: product.state });
      access = await token(product);
    } else {
      await Promise.all(posts);
    }
  }
  expect(kills).toEqual([]);

  await fetch(`${product.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`);
  const events = await allEvents(product, access);
  const alerts = await allAlerts(product, access);
  expect(events.map((event) => event.external_id).sort()).toEqual([...ids].sort());
  expect(alerts.map((alert) => alert.event.external_id).sort()).toEqual([...ids].sort());

  await product.stop();
  await rm(product.state, { recursive: true });
});

/** Whether the event was accepted; a dead or dying server is a reason to send it again. */
async function post(product: Product, { id, access }: { id: string; access: string }): Promise<boolean> {
  const response = await fetch(`${product.url}/api/v1/events`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${access}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ source: 'sensor-1', event_type: 'scan', severity: 'critical', external_id: id }),
  }).catch(() => null);
  return response?.status === 201;
}
