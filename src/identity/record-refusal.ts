import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { authorize, type Permission } from './permissions.ts';

type Refusal = { permission: Permission; method: string; path: string };

/** Writes down that someone who is known asked for what their role may not do. */
export async function recordRefusal({ ctx, input }: Call<Refusal>): Promise<void> {
  authorize(ctx.actor, 'public');
  const { permission, method, path } = input;
  await auditEvent(ctx, { action: 'access.refuse', target: `permission:${permission}`, after: { method, path } });
}
