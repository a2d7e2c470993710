import type { Clock } from '../core/clock.ts';
import { type Defer, SharedTally } from './shared-tally.ts';

export const WINDOW_SECONDS = 60;

const WINDOW_MS = WINDOW_SECONDS * 1000;
const MAX_BUCKETS = 50_000;
/**
 * The clock of a request stands still while it computes, 5 minutes at most
 * (developers.cloudflare.com/workers/platform/limits): none is further behind another.
 */
const SET_RIGHT_MS = 5 * WINDOW_MS;

/** So much more in a bucket; `step`, the same each time, is the growth at which isolates tell each other. */
export type Growth = { bucket: string; amount: number; step: number };

/**
 * Counts per bucket and minute of the clock, across isolates. KV has no atomic increment, and what is read, changed and
 * written back loses updates; so every isolate writes only its own total, under a key of its own, and the sum of a
 * window is one list. No key has two writers: nothing that was published is ever lost.
 *
 * In one isolate the count is exact. Each step of growth is published, at most once a second (KV takes no more per key),
 * and makes its isolate read the others again, at most every 2 s. KV itself takes 60 s or more from place to place
 * (developers.cloudflare.com/kv). So n isolates may together exceed a limit by 2 (n - 1) steps, and by what arrives during
 * those delays. What is less than a step stays in its isolate, and ends with it.
 *
 * It remembers the current window only, and of that 50,000 buckets; then the oldest starts again, under another key.
 */
export class GrowOnlyCounter {
  readonly #kv: KVNamespace;
  readonly #clock: Clock;
  #tallies = new Map<string, SharedTally>();
  #window = 0;
  #latest = 0;

  constructor({ kv, clock }: { kv: KVNamespace; clock: Clock }) {
    this.#kv = kv;
    this.#clock = clock;
  }

  /** What is known to be in the bucket in this window. */
  total(bucket: string): number {
    this.#now();
    return this.#tallies.get(bucket)?.total ?? 0;
  }

  /** Seconds until this window ends, rounded up: 1 to 60. */
  secondsLeft(): number {
    return Math.ceil((WINDOW_MS - (this.#now() % WINDOW_MS)) / 1000);
  }

  /** Counts at once; no KV operation is waited for, and none has to succeed. */
  add({ bucket, amount, step }: Growth, defer: Defer): void {
    this.#tallyOf(bucket, step).add(amount, defer);
  }

  /** Counts at once, then waits for KV: to publish it and to read the others. Throws when KV fails. */
  addAndRead({ bucket, amount, step }: Growth, defer: Defer): Promise<void> {
    return this.#tallyOf(bucket, step).addAndRead(amount, defer);
  }

  #tallyOf(bucket: string, step: number): SharedTally {
    const now = () => this.#now();
    now();
    const known = this.#tallies.get(bucket);
    if (known) return known;
    const oldest = this.#tallies.keys().next();
    if (this.#tallies.size >= MAX_BUCKETS && !oldest.done) this.#tallies.delete(oldest.value);
    const tally = new SharedTally({ kv: this.#kv, now, step, prefix: `${bucket}/${this.#window / 1000}/` });
    this.#tallies.set(bucket, tally);
    return tally;
  }

  /**
   * The time, never going back: requests side by side see clocks that stand still at different moments. One that is far
   * behind was set right, and counts from there.
   */
  #now(): number {
    const time = this.#clock().getTime();
    if (time > this.#latest || time < this.#latest - SET_RIGHT_MS) this.#latest = time;
    const start = this.#latest - (this.#latest % WINDOW_MS);
    if (start !== this.#window) {
      this.#window = start;
      this.#tallies = new Map();
    }
    return this.#latest;
  }
}
