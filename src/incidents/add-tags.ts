import { type SQL, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident } from './change-incident.ts';
import { type Incident, MAX_TAGS } from './contract.ts';
import { getIncident } from './get-incident.ts';
import { incidents } from './table.ts';

type Add = { id: number; tags: string[]; ifMatch: number | undefined };

/**
 * Adds tags to those that the incident has by then: of two who add different ones at once, nothing is lost. Adding what
 * is there changes nothing.
 */
export async function addTags({ ctx, input }: Call<Add>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  const { id, tags, ifMatch } = input;
  const together = withTags(tags);
  try {
    return await changeIncident(ctx, {
      id,
      ifMatch,
      action: 'incident.tag',
      anybodys: 'incident.change_any',
      where: sql`json_array_length(${together}) BETWEEN json_array_length(${incidents.tags}) + 1 AND ${MAX_TAGS}`,
      set: { tags: together },
      refusal: () => `An incident has ${MAX_TAGS} tags at most.`,
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const incident = await getIncident({ ctx, input: { id } });
    if (tags.every((tag) => incident.tags.includes(tag))) return incident;
    throw error;
  }
}

/** The tags of the row and these, each once and in order, as JSON. */
function withTags(tags: string[]): SQL {
  return sql`(
    SELECT json_group_array(value) FROM (
      SELECT value FROM json_each(${incidents.tags}) UNION SELECT value FROM json_each(${JSON.stringify(tags)}) ORDER BY 1
    ))`;
}
