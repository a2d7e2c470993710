import { faultyDb } from './faulty-db.ts';
import { reach, strikes } from './orders.ts';

const HANG_MS = 25_000;
const ANSWER_IS_OUT_MS = 20;

const wrapped = new WeakMap<Env, Env>();

/** The bindings with faults. The same each time, since the product keeps things by binding. */
export function bindingsOf(env: Env): Env {
  const known = wrapped.get(env) ?? wrap(env);
  wrapped.set(env, known);
  return known;
}

function wrap(env: Env): Env {
  return {
    ...env,
    DB: faultyDb(env.DB),
    ALERT_QUEUE: faultyQueue(env.ALERT_QUEUE),
    COUNTERS: guarded(env.COUNTERS, async () => {
      if (await strikes('KV down')) throw new Error('KV request failed: 500 Internal Server Error');
      if (await strikes('KV 429')) throw new Error('KV request failed: 429 Too Many Requests');
    }),
    EVIDENCE: guarded(env.EVIDENCE, async () => {
      if (await strikes('R2 down with D1 up')) throw new Error('R2 request failed: 500 Internal Server Error');
    }),
  };
}

/** The binding, each method of which does this first. */
function guarded<Binding extends object>(binding: Binding, first: () => Promise<void>): Binding {
  return new Proxy(binding, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        await first();
        return method.apply(target, args);
      };
    },
  });
}

function faultyQueue(queue: Queue): Queue {
  const send = async (message: unknown) => {
    // So that the sender has its 2xx: nobody will post this event again.
    await pause(ANSWER_IS_OUT_MS);
    await reach('kill before send');
    if (await strikes('send throws')) throw new Error('Queue send failed: Service Unavailable');
    if (await strikes('send hangs')) return pause(HANG_MS);
    if (await strikes('send vanishes')) return;
    const copies = (await strikes('send duplicates')) ? 3 : 1;
    for (let copy = 0; copy < copies; copy++) await queue.send(message);
  };
  return { send } as unknown as Queue;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
