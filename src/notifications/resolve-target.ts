import { z } from 'zod';
import type { Context } from '../core/context.ts';
import { isPublic } from './public-address.ts';

/** How long an answer of the resolver is believed. */
const CACHE_MS = 60_000;

const MAX_CACHED = 1_000;

/** The JSON form of DNS over HTTPS; `type` is the number of the record's, since aliases stand among the answers. */
const answerSchema = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
});

const RECORDS = [
  { name: 'A', type: 1 },
  { name: 'AAAA', type: 28 },
] as const;

const NO_ERROR = 0;
const NO_SUCH_NAME = 3;

const known = new Map<string, { refusal: string | undefined; until: number }>();

type Lookup = { name: string; signal: AbortSignal };

/**
 * Why this name must not be sent to, by the addresses that it resolves to: one that is not public is enough. Undefined
 * when it may. Fails when the resolver does.
 */
export async function checkAddresses(ctx: Context, { name, signal }: Lookup): Promise<string | undefined> {
  const now = ctx.clock().getTime();
  const found = known.get(name);
  if (found && found.until > now) return found.refusal;
  const addresses = await Promise.all(RECORDS.map((record) => lookUp(ctx, { name, signal, record }))).catch(() => null);
  signal.throwIfAborted();
  if (!addresses) return 'the name could not be looked up';
  const refusal = refusalOf(addresses.flat());
  if (known.size >= MAX_CACHED) known.clear();
  known.set(name, { refusal, until: now + CACHE_MS });
  return refusal;
}

function refusalOf(addresses: string[]): string | undefined {
  if (addresses.length === 0) return 'the name has no address';
  return addresses.every(isPublic) ? undefined : 'the name resolves to an address that is not public';
}

type Question = Lookup & { record: (typeof RECORDS)[number] };

async function lookUp({ settings }: Context, { name, signal, record }: Question): Promise<string[]> {
  const url = new URL(settings.deliveries.dnsResolverUrl);
  url.searchParams.set('name', name);
  url.searchParams.set('type', record.name);
  const response = await fetch(url, { headers: { Accept: 'application/dns-json' }, redirect: 'manual', signal });
  if (!response.ok) throw new Error(`the resolver answered ${response.status}`);
  const { Status, Answer = [] } = answerSchema.parse(await response.json());
  if (Status !== NO_ERROR && Status !== NO_SUCH_NAME) throw new Error(`the resolver failed with ${Status}`);
  return Answer.filter(({ type }) => type === record.type).map(({ data }) => data);
}
