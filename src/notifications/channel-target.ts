import { z } from 'zod';
import { decryptSecret, encryptSecret } from '../core/secret.ts';
import type { Settings } from '../core/settings.ts';

const targetSchema = z.union([
  z.object({
    type: z.literal('webhook'),
    url: z.string(),
    secret: z.string(),
    /** The secret before a rotation signs, too, until this. */
    previous: z.object({ secret: z.string(), until: z.number() }).nullable(),
  }),
  z.object({ type: z.literal('slack'), url: z.string() }),
  z.object({ type: z.literal('teams'), url: z.string() }),
  z.object({ type: z.literal('pagerduty'), routingKey: z.string() }),
  z.object({ type: z.literal('email'), to: z.array(z.string()) }),
]);

/** Where a channel leads, with its secrets. */
export type Target = z.output<typeof targetSchema>;

/** The columns of a target: encrypted, and what people may see of it. */
export function storeTarget(settings: Settings, target: Target): { target: string; shownTarget: string } {
  const text = JSON.stringify(target);
  return { target: encryptSecret(settings, { purpose: 'channel', text }), shownTarget: shown(target) };
}

/** The target of a channel; null when it was stored under another JWT_SECRET. */
export function openTarget(settings: Settings, { target }: { target: string }): Target | null {
  const text = decryptSecret(settings, { purpose: 'channel', stored: target });
  return text === null ? null : targetSchema.parse(JSON.parse(text));
}

/** The path of an address is left out: in chats it is the secret. */
function shown(target: Target): string {
  if (target.type === 'email') return target.to.join(', ');
  return target.type === 'pagerduty' ? `…${target.routingKey.slice(-4)}` : new URL(target.url).host;
}
