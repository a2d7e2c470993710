/** What `Retry-After` says, in seconds from now: a number of them or a date (RFC 9110); null when it says neither. */
export function retryAfterOf({ headers }: Response, now: Date): number | null {
  const value = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value);
  // `Date.parse` takes many things for dates; an HTTP date ends in its zone.
  const seconds = / GMT$/.test(value) ? Math.ceil((Date.parse(value) - now.getTime()) / 1000) : Number.NaN;
  return Number.isNaN(seconds) ? null : Math.max(seconds, 0);
}
