import { z } from 'zod';

/** KV takes one write a second per key. */
const WRITE_EVERY_MS = 1_000;
const READ_EVERY_MS = 2_000;
/** A write that has not ended by then ended with the request that it belonged to. */
const WRITE_ABANDONED_MS = 30_000;
/** KV keeps nothing shorter than 60 s; a tally is of no use once its minute is over. */
const EXPIRATION_SECONDS = 120;

const metadataSchema = z.object({ total: z.number().int().nonnegative() });

/** Keeps work going after the answer is out. */
export type Defer = (work: Promise<void>) => void;

type Means = {
  kv: KVNamespace;
  /** The time in milliseconds, which never goes back. */
  now: () => number;
  /** The folder of this bucket and window, with its slash. */
  prefix: string;
  /** The growth at which others are told, and read. */
  step: number;
};

/** What this isolate counted of one bucket in one window, and what it knows that others counted. */
export class SharedTally {
  readonly #kv: KVNamespace;
  readonly #now: () => number;
  readonly #prefix: string;
  readonly #key: string;
  readonly #step: number;
  #own = 0;
  #others = 0;
  #published = 0;
  #writtenAt = 0;
  /** Until then one write is waiting or under way: two could overtake each other. */
  #writingUntil = 0;
  #lastWriteFailed = false;
  #readAt = 0;
  #ownWhenRead = 0;

  constructor({ kv, now, prefix, step }: Means) {
    this.#kv = kv;
    this.#now = now;
    this.#prefix = prefix;
    this.#key = prefix + crypto.randomUUID();
    this.#step = step;
  }

  get total(): number {
    return this.#own + this.#others;
  }

  /** Counts at once. What this makes due in KV, seldom anything, is deferred; the count does not need it to succeed. */
  add(amount: number, defer: Defer): void {
    this.#own += amount;
    const write = this.#startWrite(defer);
    if (write) defer(write);
    if (this.#isReadDue()) defer(this.#read());
  }

  /** Counts at once, then tells the others and reads theirs; throws when KV does not play its part. */
  async addAndRead(amount: number, defer: Defer): Promise<void> {
    this.#own += amount;
    await Promise.all([this.#startWrite(defer), this.#read()]);
    if (this.#lastWriteFailed) throw new Error('the last write of this tally failed');
  }

  /** Writes if that is due: now, or deferred until KV takes the next one. */
  #startWrite(defer: Defer): Promise<void> | undefined {
    const now = this.#now();
    if (this.#own - this.#published < this.#step || now < this.#writingUntil) return undefined;
    this.#writingUntil = now + WRITE_ABANDONED_MS;
    const wait = this.#writtenAt + WRITE_EVERY_MS - now;
    if (wait <= 0) return this.#write(defer);
    defer(pause(wait).then(() => this.#write(defer)));
    return undefined;
  }

  /** A write that fails is made up for by the next one, since totals only grow. */
  async #write(defer: Defer): Promise<void> {
    const total = this.#own;
    try {
      await this.#kv.put(this.#key, '', { metadata: { total }, expirationTtl: EXPIRATION_SECONDS });
      this.#published = total;
      this.#lastWriteFailed = false;
    } catch (error) {
      this.#lastWriteFailed = true;
      throw error;
    } finally {
      this.#writtenAt = this.#now();
      this.#writingUntil = 0;
    }
    const next = this.#startWrite(defer);
    if (next) defer(next);
  }

  #isReadDue(): boolean {
    return this.#own - this.#ownWhenRead >= this.#step && this.#now() - this.#readAt >= READ_EVERY_MS;
  }

  /** One list is enough: a published total is at least a step, so a thousand keys are far beyond any limit. */
  async #read(): Promise<void> {
    this.#readAt = this.#now();
    this.#ownWhenRead = this.#own;
    const { keys } = await this.#kv.list({ prefix: this.#prefix });
    const totals = keys
      .filter(({ name }) => name !== this.#key)
      .map(({ metadata }) => metadataSchema.safeParse(metadata).data?.total ?? 0);
    // Totals only grow, so a smaller sum is an older one.
    this.#others = Math.max(
      this.#others,
      totals.reduce((sum, total) => sum + total, 0),
    );
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
