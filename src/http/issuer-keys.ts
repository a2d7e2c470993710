import { z } from 'zod';
import { systemClock } from '../core/clock.ts';
import { askIssuer } from './ask-issuer.ts';

/** Keys are kept so long. */
const KEPT_MS = 600_000;
/** A key that is not among them is asked for this long after the last time: who makes up keys must not make us ask. */
const COOL_DOWN_MS = 30_000;

/** RSA of 2,048 bits, in the characters of base64url: less can be broken. */
const MIN_MODULUS = 342;

type Key = JsonWebKey & { kid?: string };

const keySet = z.object({ keys: z.array(z.custom<Key>((key) => typeof key === 'object' && key !== null)) });

const keySets = new Map<string, { keys: Key[]; readAt: number }>();

type Wanted = { alg: string; kid?: string | undefined };

/**
 * The key of an issuer that a token says it is signed with, undefined when there is none such or more than one. Throws
 * when the key set cannot be read.
 */
export async function issuerKey(url: string, wanted: Wanted): Promise<Key | undefined> {
  const now = systemClock().getTime();
  const known = keySets.get(url) ?? { keys: [], readAt: Number.NEGATIVE_INFINITY };
  const age = now - known.readAt;
  const key = age < KEPT_MS ? keyOf(known.keys, wanted) : undefined;
  if (key || age < COOL_DOWN_MS) return key;
  const { keys } = keySet.parse(await askIssuer(url));
  keySets.set(url, { keys, readAt: now });
  return keyOf(keys, wanted);
}

/** Only a set of one key may do without names. */
function keyOf(keys: Key[], { alg, kid }: Wanted): Key | undefined {
  const named = keys.filter((key) => (kid === undefined || key.kid === kid) && (key.alg ?? alg) === alg);
  const good = named.filter(({ use = 'sig', n }) => use === 'sig' && (n === undefined || n.length >= MIN_MODULUS));
  return good.length === 1 ? good[0] : undefined;
}
