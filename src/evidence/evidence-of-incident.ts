import { and, inArray, ne, type SQLWrapper } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { evidence } from './table.ts';

/**
 * The statement that gives up the files of incidents; `cleanEvidence` then removes them. `ids` is SQL for the incidents.
 * Unexecuted.
 */
export function giveUpEvidenceOf(db: Db, { ids, now }: { ids: SQLWrapper; now: Date }) {
  return db
    .update(evidence)
    .set({ state: 'deleting', stateSince: now })
    .where(and(inArray(evidence.incidentId, ids), ne(evidence.state, 'deleting')));
}
