import { createHash, type Hash } from 'node:crypto';

/** An audit row with its values as SQLite stores them: `before` and `after` are JSON text, `timestamp` milliseconds. */
export type StoredRow = {
  id: number;
  timestamp: number;
  actor: string;
  action: string;
  target: string;
  before: string | null;
  after: string | null;
  ip: string | null;
  requestId: string;
};

/** The digest before the first seal. */
export const GENESIS = '0'.repeat(64);

/**
 * One value: a letter for its type, the length of its text in bytes, a colon, its text. `n0:` is NULL, `t0:` the empty
 * text, `i2:17` the integer 17, `t3:abc` text in UTF-8. No two lists of values share an encoding. A row of ours holds
 * these three; whoever writes past us can store others, and they get encodings of their own: `r` real, `b` bytes.
 */
export function encodeValue(value: unknown): string {
  if (value === null || value === undefined) return 'n0:';
  if (typeof value === 'string') return `t${Buffer.byteLength(value)}:${value}`;
  if (typeof value === 'bigint' || Number.isInteger(value)) return lengthFirst('i', String(value));
  if (typeof value === 'number') return lengthFirst('r', String(value));
  return lengthFirst('b', Buffer.from(value as Uint8Array).toString('hex'));
}

function lengthFirst(type: string, text: string): string {
  return `${type}${text.length}:${text}`;
}

/** Every column but the id, in the order of the table. */
function encodeContent(row: StoredRow): string {
  const { timestamp, actor, action, target, before, after, ip, requestId } = row;
  return [timestamp, actor, action, target, before, after, ip, requestId].map(encodeValue).join('');
}

/**
 * Digests a range of rows, fed in id order. `add` answers the row's own hash: the first 16 bytes of SHA-256 over its
 * columns without the id, in hex, so that a row is known again wherever it stands. `digest` answers SHA-256 in hex over
 * the digest before and every row with its id.
 */
export function rangeDigest(previousDigest: string): { add: (row: StoredRow) => string; digest: () => string } {
  const range = started('edgewatch audit seal 1').update(encodeValue(previousDigest));
  return {
    add: (row) => {
      const content = encodeContent(row);
      range.update(encodeValue(row.id)).update(content);
      return hashOf(content);
    },
    digest: () => range.digest('hex'),
  };
}

/** The hash that `rangeDigest` answers for this row. */
export function rowHash(row: StoredRow): string {
  return hashOf(encodeContent(row));
}

function hashOf(content: string): string {
  return started('edgewatch audit row 1').update(content).digest('hex').slice(0, 32);
}

/** The purpose comes first, so that no hash can stand for one of another kind. */
function started(purpose: string): Hash {
  return createHash('sha256').update(encodeValue(purpose));
}
