/** Messages of D1 when it has more to do, or read more today, than it can (developers.cloudflare.com/d1/observability/debug-d1). */
const OVERLOAD =
  /D1 DB is overloaded|Too many requests queued|storage operation exceeded timeout|exceeded its (?:memory|CPU time) limit|daily row read limit/i;

/** The Workers Free plan has a quota of rows a day; what is over it fails until midnight UTC. */
const QUOTA = /free tier daily row (?:read|write) limit/i;

/** The other faults that pass by themselves. */
const TRANSIENT =
  /Network connection lost|object to be reset|reset because its code was updated|Internal error in D1|internal error; reference|Cannot resolve D1 DB due to transient issue/i;

/** Whether an error or one of its causes has such a message. */
function says(error: unknown, pattern: RegExp): boolean {
  return error instanceof Error && (pattern.test(error.message) || says(error.cause, pattern));
}

/** Whether D1 refused because reads and writes are too many for it. */
export function isOverload(error: unknown): boolean {
  return says(error, OVERLOAD);
}

/** Whether D1 refused because the rows of today are used up. */
export function isQuotaFault(error: unknown): boolean {
  return says(error, QUOTA);
}

/** Whether D1 refused for a reason that a retry may cure. D1 itself retries only reads. */
export function isTransientFault(error: unknown): boolean {
  return isOverload(error) || isQuotaFault(error) || says(error, TRANSIENT);
}

/** Whether a statement broke a UNIQUE index. */
export function isUniqueViolation(error: unknown): boolean {
  return says(error, /UNIQUE constraint failed/);
}
