import product from '../../src/index.ts';
import { DEAD_LETTER_QUEUE } from '../../src/queue/messages.ts';
import { CONTROL, type Orders } from './faults.ts';
import { bindingsOf } from './worker/bindings.ts';
import { obey, reach, strikes } from './worker/orders.ts';

export { LiveHub } from '../../src/live/live-hub.ts';

/** What the runner adds to the bindings. */
type ChaosEnv = Env & { DEAD_LETTERS: Queue; ANNOUNCE_TO: string };

/** The product with bindings and a clock that fail as ordered. It is served on the loopback only. */
export default {
  async fetch(request, env, execution) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/chaos/')) return control(request, env);
    const response = await product.fetch(request, bindingsOf(env), execution);
    if (request.method === 'POST' && pathname.startsWith('/api/v1/events') && response.ok) {
      await reach('kill before response');
    }
    return response;
  },

  async queue(batch, env, execution) {
    const isDead = batch.queue === DEAD_LETTER_QUEUE;
    const fault = isDead ? 'dead-letter consumer throws' : 'consumer throws before commit';
    if (await strikes(fault)) throw new Error(fault);
    await product.queue(batch, bindingsOf(env), execution);
    if (!isDead && (await strikes('consumer throws after commit'))) throw new Error('consumer throws after commit');
  },

  scheduled: (controller, env, execution) => product.scheduled(controller, bindingsOf(env), execution),
} satisfies ExportedHandler<ChaosEnv>;

/** The runner's requests: its orders, messages of its own, and how many events owe an alert. */
async function control(request: Request, env: ChaosEnv): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === CONTROL.orders) {
    await obey((await request.json()) as Orders, env.ANNOUNCE_TO);
  } else if (pathname === CONTROL.send) {
    const queue: Queue = searchParams.has('dead') ? env.DEAD_LETTERS : env.ALERT_QUEUE;
    await queue.send(await request.json());
  } else if (pathname === CONTROL.pending) {
    const owed = env.DB.prepare("SELECT count(*) AS n FROM events WHERE alert_state = 'pending'");
    return Response.json(await owed.first<number>('n'));
  }
  return Response.json(null);
}
