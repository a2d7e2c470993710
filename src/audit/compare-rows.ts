import { type Fault, rowFault } from './faults.ts';
import type { Range } from './statement-key.ts';

/** A row's id and the hash of its other columns. */
export type Entry = { id: number; hash: string };

type Sides = {
  /** As the signed seals have them. */
  sealed: Entry[];
  /** As they stand now. */
  found: Entry[];
  /** Rows behind this one have no seal yet. */
  sealedTo: number;
  /** Rows of seals that cannot be read: nothing is known of them. */
  unknown: Range[];
};

/**
 * Names every row that differs from what was sealed. A row that stands under another id is known by its hash; what
 * remains is changed where a sealed row is missing under the same id, else inserted, else removed. So one row slipped
 * in among renumbered ones is one row inserted and the rest moved by one.
 */
export function compareRows({ sealed, found, sealedTo, unknown }: Sides): Fault[] {
  const missing = new Map(sealed.map(({ id, hash }) => [id, hash]));
  const strange = found.filter(({ id, hash }) => {
    if (missing.get(id) !== hash) return true;
    missing.delete(id);
    return false;
  });
  const { moved, unmatched } = findMoved(missing, strange);
  const faults: Fault[] = moved.map(({ id, sealedAs }) => ({ ...rowFault('reordered', id), sealedAs }));
  for (const { id } of unmatched) {
    if (id > sealedTo || unknown.some(({ firstId, lastId }) => firstId <= id && id <= lastId)) continue;
    faults.push(rowFault(missing.delete(id) ? 'changed' : 'inserted', id));
  }
  return [...faults, ...[...missing.keys()].map((id) => rowFault('removed', id))];
}

/** Pairs strange rows with the missing ones of the same hash, which leave `missing`. */
function findMoved(missing: Map<number, string>, strange: Entry[]) {
  const idsOf = new Map<string, number[]>();
  for (const [id, hash] of missing) idsOf.set(hash, [...(idsOf.get(hash) ?? []), id]);
  const moved: { id: number; sealedAs: number }[] = [];
  const unmatched = strange.filter(({ id, hash }) => {
    const sealedAs = idsOf.get(hash)?.shift();
    if (sealedAs === undefined) return true;
    missing.delete(sealedAs);
    moved.push({ id, sealedAs });
    return false;
  });
  return { moved, unmatched };
}
