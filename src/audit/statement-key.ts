/** The ids that a seal covers. */
export type Range = { firstId: number; lastId: number };

export const STATEMENTS = 'audit/seals/';

const DIGITS = 16;
const KEY = /(\d{16})-(\d{16})\.json$/;

const padded = (id: number) => String(id).padStart(DIGITS, '0');

/** Where the statement of a range is kept: padded, so that the order of the keys is that of the rows. */
export function statementKey({ firstId, lastId }: Range): string {
  return `${STATEMENTS}${padded(firstId)}-${padded(lastId)}.json`;
}

/** What comes before the key of every range that starts at this id or later. */
export function keyBefore(firstId: number): string {
  return `${STATEMENTS}${padded(firstId)}`;
}

/** The range in the name of a statement, with or without folders; null when it is no such name. */
export function rangeOfKey(key: string): Range | null {
  const [, first, last] = key.match(KEY) ?? [];
  return first && last ? { firstId: Number(first), lastId: Number(last) } : null;
}
