import { sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';
import type { Incident } from './contract.ts';
import { incidents } from './table.ts';

type Remove = { id: number; tag: string; ifMatch: number | undefined };

/** Takes a tag from those that the incident has by then. */
export async function removeTag({ ctx, input }: Call<Remove>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  const { id, tag, ifMatch } = input;
  try {
    return await changeIncident(ctx, {
      id,
      ifMatch,
      action: 'incident.untag',
      anybodys: 'incident.change_any',
      where: sql`${tag} IN (SELECT value FROM json_each(${incidents.tags}))`,
      set: { tags: sql`(SELECT json_group_array(value) FROM json_each(${incidents.tags}) WHERE value <> ${tag})` },
      refusal: () => 'The incident does not have this tag.',
    });
  } catch (error) {
    throw error instanceof ConflictError ? new NotFoundError('tag on this incident') : error;
  }
}
