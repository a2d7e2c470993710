import { RangeNotSatisfiableError } from '../core/errors.ts';

/** A part of a file: so many bytes from there. */
export type ByteRange = { offset: number; length: number };

/** What a client asks of a file that it may know already, as it sent it. */
export type Conditions = {
  range: string | undefined;
  ifRange: string | undefined;
  ifNoneMatch: string | undefined;
};

type Known = { etag: string; size: number };

/** Whether the client has the file as it is (RFC 9110, 13.1.2). */
export function isUnchanged({ ifNoneMatch }: Conditions, { etag }: Known): boolean {
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}

/**
 * The part that is asked for; null when all of it is to be sent, because no part, several or nonsense was asked for, or
 * `If-Range` is about other bytes (RFC 9110, 14.2). Throws when the part lies behind the end.
 */
export function rangeOf({ range, ifRange }: Conditions, { etag, size }: Known): ByteRange | null {
  const [, from = '', to = ''] = range?.match(/^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i) ?? [];
  if ((from === '' && to === '') || (ifRange !== undefined && ifRange !== etag)) return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < first) return null;
  if (first >= size) throw new RangeNotSatisfiableError(size);
  return { offset: first, length: last - first + 1 };
}

/** How a part of a file is written in `Content-Range` and in the audit log: `bytes 0-99/1000`. */
export function contentRange({ offset, length }: ByteRange, size: number): string {
  return `bytes ${offset}-${offset + length - 1}/${size}`;
}
