import { createCipheriv, createHash } from 'node:crypto';

/** Chance that repeats itself: the same seed draws the same numbers, on any machine. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next: () => number;
  /** A whole number, both ends included. */
  between: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  pick: <Item>(items: readonly Item[]) => Item;
  /** One of these, as often as its weight says. */
  weighted: <Item>(items: readonly (readonly [Item, number])[]) => Item;
  /** Mostly about this much, now and then far more, as the time is that people take. */
  around: (median: number) => number;
};

const SPREAD = 0.9;

/** A stream of chance. Streams of other names are others, so that more incidents do not change the events. */
export function randomOf(seed: number, stream: string): Random {
  const next = uniform(`${seed}:${stream}`);
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] ?? nothing(),
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return nothing();
    },
    // Log-normal, by Box and Muller.
    around: (median) =>
      median * Math.exp(SPREAD * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  };
}

function nothing(): never {
  throw new Error('there is nothing to choose from');
}

/** The key stream of AES in counter mode, 32 bits at a time. */
function uniform(seed: string): () => number {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(16 * 1024);
  let block = cipher.update(zeros);
  let at = 0;
  return () => {
    if (at === block.length) {
      block = cipher.update(zeros);
      at = 0;
    }
    at += 4;
    return block.readUInt32LE(at - 4) / 2 ** 32;
  };
}
