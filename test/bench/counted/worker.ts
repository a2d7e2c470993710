import product from '../../../src/index.ts';
import { countedDb } from '../../support/counted-db.ts';
import { countedKv } from '../../support/counted-kv.ts';

export { LiveHub } from '../../../src/live/live-hub.ts';

const counted = new WeakMap<Env, ReturnType<typeof count>>();

/** The product with bindings that count. `GET /counts` answers what was used since it was last asked. */
export default {
  async fetch(request, env, execution) {
    const { bindings, take } = countsOf(env);
    if (new URL(request.url).pathname === '/counts') return Response.json(take());
    return product.fetch(request, bindings, execution);
  },
  queue: (batch, env, execution) => product.queue(batch, countsOf(env).bindings, execution),
} satisfies ExportedHandler<Env>;

function countsOf(env: Env) {
  const known = counted.get(env) ?? count(env);
  counted.set(env, known);
  return known;
}

function count(env: Env) {
  const { db, cost, reset } = countedDb(env.DB);
  const { kv, cost: kvCost } = countedKv(env.COUNTERS);
  let messages = 0;
  const queue = {
    send: (message: unknown) => {
      messages += 1;
      return env.ALERT_QUEUE.send(message);
    },
  } as unknown as Queue;
  const take = () => {
    const counts = { ...cost, kvWrites: kvCost.writes, kvLists: kvCost.lists, messages };
    reset();
    Object.assign(kvCost, { writes: 0, lists: 0 });
    messages = 0;
    return counts;
  };
  return { bindings: { ...env, DB: db, COUNTERS: kv, ALERT_QUEUE: queue }, take };
}
