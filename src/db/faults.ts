/** Messages of D1 faults that pass by themselves (developers.cloudflare.com/d1/observability/debug-d1). */
const TRANSIENT =
  /D1 DB is overloaded|Network connection lost|storage operation exceeded timeout|object to be reset|reset because its code was updated|Internal error in D1|internal error; reference|Too many requests queued|Cannot resolve D1 DB due to transient issue/i;

function* causes(error: unknown): Generator<string> {
  for (let current = error; current instanceof Error; current = current.cause) yield current.message;
}

/** Whether D1 refused for a reason that a retry may cure. D1 itself retries only reads. */
export function isTransientFault(error: unknown): boolean {
  return [...causes(error)].some((message) => TRANSIENT.test(message));
}

/** Whether a statement broke a UNIQUE index. */
export function isUniqueViolation(error: unknown): boolean {
  return [...causes(error)].some((message) => message.includes('UNIQUE constraint failed'));
}
