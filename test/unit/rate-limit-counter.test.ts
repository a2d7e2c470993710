import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../../src/core/network.ts';
import { GrowOnlyCounter } from '../../src/http/grow-only-counter.ts';
import type { Claim, Policy } from '../../src/http/limits.ts';
import { type Standing, take } from '../../src/http/rate-limit.ts';
import { brokenKv, countedKv } from '../support/counted-kv.ts';
import { roomInMinute } from '../support/minute.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');

/** A limiter as one isolate has it. `settle` waits for what it deferred; `seconds` moves its clock. */
function isolate({ kv = env.COUNTERS, at = NOON, real = false } = {}) {
  let now = at;
  const deferred: Promise<void>[] = [];
  const counter = new GrowOnlyCounter({ kv, clock: () => new Date(real ? Date.now() : now) });
  const failures: unknown[] = [];
  const defer = (work: Promise<void>) => void deferred.push(work.catch((error) => void failures.push(error)));
  return {
    counter,
    failures,
    defer,
    take: (claim: Claim): Promise<Standing> => take(claim, { counter, defer }),
    tick: (seconds: number) => {
      now += seconds * 1000;
    },
    settle: async () => {
      for (let work = deferred.shift(); work; work = deferred.shift()) await work;
    },
  };
}

let buckets = 0;
function claimOn(policy: Policy, cost = 1): Claim {
  buckets += 1;
  return { policy, bucket: `${policy.name}/test-${buckets}`, cost };
}

const USER: Policy = { name: 'user', quota: 600 };
const SIGN_IN: Policy = { name: 'sign-in', quota: 10 };

describe('in one isolate', () => {
  it('exactly the quota passes, however many come at once', async () => {
    const one = isolate();
    const claim = claimOn({ name: 'user', quota: 20 });
    const standings = await Promise.all(Array.from({ length: 50 }, () => one.take(claim)));
    expect(standings.filter(({ isEnough }) => isEnough)).toHaveLength(20);
    await one.settle();
  });

  it('what is refused takes nothing, so that a smaller claim still fits', async () => {
    const one = isolate();
    const claim = claimOn(USER, 400);
    const standing = async (cost: number) => one.take({ ...claim, cost });
    expect(await standing(400)).toMatchObject({ isEnough: true, remaining: 200 });
    expect(await standing(400)).toMatchObject({ isEnough: false, remaining: 200 });
    expect(await standing(200)).toMatchObject({ isEnough: true, remaining: 0 });
    expect(await standing(0)).toMatchObject({ isEnough: true, remaining: 0 });
    await one.settle();
  });

  it('a new minute starts from zero, and says so to the second', async () => {
    const one = isolate();
    const claim = claimOn({ name: 'user', quota: 2 });
    one.tick(18.5);
    expect(await one.take(claim)).toEqual({ quota: 2, isEnough: true, remaining: 1, resetSeconds: 42 });
    expect(await one.take(claim)).toMatchObject({ isEnough: true, remaining: 0 });
    one.tick(41.499);
    expect(await one.take(claim)).toMatchObject({ isEnough: false, resetSeconds: 1 });
    one.tick(0.001);
    expect(await one.take(claim)).toEqual({ quota: 2, isEnough: true, remaining: 1, resetSeconds: 60 });
    await one.settle();
  });

  it('a clock that was an hour ahead and is set right costs nobody the hour', async () => {
    const one = isolate();
    const claim = claimOn({ name: 'user', quota: 2 });
    one.tick(3_600);
    await one.take(claim);
    await one.take(claim);
    one.tick(-3_600);
    expect(await one.take(claim)).toMatchObject({ isEnough: true, remaining: 1 });
    one.tick(60);
    expect(await one.take(claim)).toMatchObject({ isEnough: true, remaining: 1, resetSeconds: 60 });
    await one.settle();
  });

  it('a clock that goes back does not start a minute again', async () => {
    const one = isolate();
    const claim = claimOn({ name: 'user', quota: 1 });
    await one.take(claim);
    one.tick(-1);
    expect(await one.take(claim)).toMatchObject({ isEnough: false });
    await one.settle();
  });

  it('forgets the oldest of more than 50,000 buckets, and what it had published is still counted', async () => {
    const one = isolate();
    const claim = claimOn({ name: 'user', quota: 10 }, 4);
    await one.take(claim);
    await one.settle();
    for (let n = 0; n < 50_000; n++) one.counter.add({ bucket: `many/${n}`, amount: 1, step: 10 }, one.defer);
    expect(await one.take(claim)).toMatchObject({ isEnough: true, remaining: 6 });
    await one.settle();
    expect(one.counter.total(claim.bucket)).toBe(8);
  });
});

describe('across isolates', () => {
  it('random increments of two, each under its own key, converge to the true sum', async () => {
    await roomInMinute(8);
    const [one, two] = [isolate({ real: true }), isolate({ real: true })];
    const growth = { bucket: `test/${crypto.randomUUID()}`, step: 1 };
    let sum = 0;
    await Promise.all(
      [one, two].map(async ({ counter, defer }) => {
        for (let round = 0; round < 40; round++) {
          const amount = Math.ceil(Math.random() * 9);
          sum += amount;
          counter.add({ ...growth, amount }, defer);
          await new Promise((wait) => setTimeout(wait, Math.random() * 50));
        }
      }),
    );
    await Promise.all([one.settle(), two.settle()]);
    // Writes have settled; each reads once more, as it does every five seconds.
    for (const { counter, defer } of [one, two]) await counter.addAndRead({ ...growth, amount: 0 }, defer);
    expect([one.counter.total(growth.bucket), two.counter.total(growth.bucket)]).toEqual([sum, sum]);
    const { keys } = await env.COUNTERS.list<{ total: number }>({ prefix: growth.bucket });
    expect(keys).toHaveLength(2);
    expect(keys.reduce((total, { metadata }) => total + (metadata?.total ?? 0), 0)).toBe(sum);
  });

  it('two exceed the quota by two steps at most, and by what came while they waited for KV', async () => {
    const [one, two] = [isolate(), isolate()];
    const claim = claimOn(USER);
    let [passed, refused] = [0, 0];
    for (let second = 0; second < 60; second++) {
      for (let n = 0; n < 10; n++) {
        for (const { take: ask } of [one, two]) {
          if ((await ask(claim)).isEnough) passed += 1;
          else refused += 1;
        }
      }
      await Promise.all([one.settle(), two.settle()]);
      one.tick(1);
      two.tick(1);
    }
    expect(passed + refused).toBe(1_200);
    expect(passed).toBeGreaterThanOrEqual(600);
    expect(passed).toBeLessThanOrEqual(600 + 2 * 59 + 20);
  });

  it('a sign-in is counted with those of others at once', async () => {
    const [one, two] = [isolate(), isolate()];
    const claim = claimOn(SIGN_IN);
    const standings = [];
    for (let n = 0; n < 10; n++) {
      for (const { take: ask, tick, settle } of [one, two]) {
        standings.push(await ask(claim));
        await settle();
        tick(1);
      }
    }
    expect(standings.filter(({ isEnough }) => isEnough)).toHaveLength(10);
  });

  it('what stands in a key that we did not write as we write is not believed', async () => {
    const one = isolate();
    const claim = claimOn(SIGN_IN);
    const prefix = `${claim.bucket}/${NOON / 1000}/`;
    for (const [name, metadata] of Object.entries({ a: { total: -9 }, b: { total: '9' }, c: null, d: { total: 3 } })) {
      await env.COUNTERS.put(prefix + name, '', { metadata });
    }
    expect(await one.take(claim)).toMatchObject({ remaining: 6 });
  });
});

describe('a thousand requests of one user cost KV', () => {
  it.each([
    ['at the pace of the quota, 10 a second', 10, { writes: 16, lists: 16 }],
    ['at 2 a second', 2, { writes: 16, lists: 16 }],
    ['at one every 10 seconds', 0.1, { writes: 0, lists: 0 }],
  ])('%s', async (_, pace, cost) => {
    const { kv, cost: counted } = countedKv(env.COUNTERS);
    const one = isolate({ kv });
    const claim = claimOn(USER);
    for (let n = 0; n < 1_000; n++) {
      expect((await one.take(claim)).isEnough).toBe(true);
      await one.settle();
      one.tick(1 / pace);
    }
    expect(counted).toEqual(cost);
  });

  it('all at once two writes at most, and a list', async () => {
    await roomInMinute(5);
    const { kv, cost } = countedKv(env.COUNTERS);
    const one = isolate({ kv, real: true });
    const claim = claimOn(USER);
    await Promise.all(Array.from({ length: 1_000 }, () => one.take(claim)));
    await one.settle();
    expect(cost.writes).toBeLessThanOrEqual(2);
    expect(cost.lists).toBe(1);
  });
});

describe('while KV fails', () => {
  it('this isolate counts on, and the next write makes up for the one that failed', async () => {
    const failing = { now: true };
    const { kv, cost } = countedKv(env.COUNTERS);
    const flaky = {
      ...kv,
      put: async (...args: Parameters<KVNamespace['put']>) => {
        if (failing.now) throw new Error('KV PUT failed: 429 Too Many Requests');
        return kv.put(...args);
      },
    } as KVNamespace;
    const one = isolate({ kv: flaky });
    const claim = claimOn(USER, 60);
    expect(await one.take(claim)).toMatchObject({ isEnough: true, remaining: 540 });
    await one.settle();
    expect(one.failures).toHaveLength(1);
    failing.now = false;
    one.tick(2);
    await one.take({ ...claim, cost: 1 });
    await one.settle();
    expect(cost.writes).toBe(1);
    const { keys } = await env.COUNTERS.list({ prefix: `${claim.bucket}/` });
    expect(keys.map(({ metadata }) => metadata)).toEqual([{ total: 61 }]);
  });

  it.each([['put' as const], ['list' as const]])('a sign-in is not counted on: %s', async (operation) => {
    const one = isolate({ kv: brokenKv(operation) });
    const claim = claimOn(SIGN_IN);
    for (let n = 0; n < 3; n++) await expect(one.take(claim)).rejects.toThrow();
    await Promise.all(Array.from({ length: 3 }, () => expect(one.take(claim)).rejects.toThrow()));
  });
});

describe('an address stands for', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['::3:4:5:6:7:8', '0:0:3:4::/64'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['evil', 'unknown'],
    ['1.2.3.4, 5.6.7.8', 'unknown'],
    ['::]/x', 'unknown'],
    ['2001:db8::1::2', 'unknown'],
  ])('%s: %s', (ip, network) => expect(networkOf(ip)).toBe(network));
});
