import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Silence } from './match-silence.ts';
import { silences } from './table.ts';

/** One silence by id. */
export async function getSilence({ ctx, input }: Call<{ id: number }>): Promise<Silence> {
  authorize(ctx.actor, 'silence.read');
  const [silence] = await ctx.db.select().from(silences).where(eq(silences.id, input.id));
  if (!silence) throw new NotFoundError('silence');
  return silence;
}
