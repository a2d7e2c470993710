/** One fault of the input: where it is (`#/severity`, `query/limit`, `path/id`) and what is wrong. Never the value. */
export type FieldError = { pointer: string; detail: string };

export type ErrorCode =
  | 'validation'
  | 'unauthenticated'
  | 'otp_required'
  | 'totp_enrolment_required'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'precondition_failed'
  | 'too_large'
  | 'range_not_satisfiable'
  | 'unsupported_media_type'
  | 'idempotency_mismatch'
  | 'rate_limited'
  | 'unavailable';

/** A refusal that the caller should understand. Only `http/problem.ts` turns it into a response. */
export class DomainError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

export class ValidationError extends DomainError {
  readonly errors: FieldError[];

  constructor(errors: FieldError[]) {
    super('validation', 'The request does not satisfy the contract; see errors.');
    this.errors = errors;
  }
}

export class UnauthenticatedError extends DomainError {
  constructor(detail = 'Sign in first: send a bearer token in the Authorization header.') {
    super('unauthenticated', detail);
  }
}

/** The password was right, and the account has a second factor. */
export class OtpRequiredError extends DomainError {
  constructor() {
    super('otp_required', 'Sign in again with otp: a code of your authenticator app or a recovery code.');
  }
}

/** Policy asks admins for a second factor and this one has none yet. */
export class TotpEnrolmentRequiredError extends DomainError {
  constructor() {
    super('totp_enrolment_required', 'Admins need 2FA here: enrol at /auth/totp, then sign in again.');
  }
}

export class RegistrationClosedError extends DomainError {
  constructor() {
    super('forbidden', 'Registration is closed; ask an admin for an account.');
  }
}

/** A page of another origin had a browser send what only our own pages may. */
export class ForbiddenOriginError extends DomainError {
  constructor(what: string) {
    super('forbidden', `This origin may not ${what}.`);
  }
}

export class ForbiddenError extends DomainError {
  constructor(permission: string) {
    super('forbidden', `Your role does not have the permission ${permission}.`);
  }
}

export class NotFoundError extends DomainError {
  constructor(thing: string) {
    super('not_found', `There is no such ${thing}.`);
  }
}

/** The event is in no table any more, but it may be in a file. */
export class MovedEventError extends DomainError {
  constructor(object: number) {
    super(
      'not_found',
      `There is no such event here. Unless it was deleted, it is in the cold store: /events/cold-store/${object}/content.`,
    );
  }
}

export class MethodNotAllowedError extends DomainError {
  readonly allow: string[];

  constructor(allow: string[]) {
    super('method_not_allowed', `This resource answers ${allow.join(', ')}.`);
    this.allow = allow;
  }
}

export class ConflictError extends DomainError {
  constructor(detail: string) {
    super('conflict', detail);
  }
}

export class PreconditionFailedError extends DomainError {
  constructor(version: number) {
    super('precondition_failed', `If-Match is stale: the current version is "v${version}".`);
  }
}

export class TooLargeError extends DomainError {
  constructor(detail: string) {
    super('too_large', detail);
  }
}

export class UnsupportedMediaTypeError extends DomainError {
  constructor(accepted: string[]) {
    super('unsupported_media_type', `Send the body as ${accepted.join(' or ')}.`);
  }
}

/** The name of a file claims a type that its bytes are not. */
export class MisnamedFileError extends DomainError {
  constructor(extension: string) {
    super('unsupported_media_type', `The name says ${extension}, but the bytes are not.`);
  }
}

/** The part of a file that was asked for lies behind its end. */
export class RangeNotSatisfiableError extends DomainError {
  readonly size: number;

  constructor(size: number) {
    super('range_not_satisfiable', `The file has ${size} bytes.`);
    this.size = size;
  }
}

export class IdempotencyMismatchError extends DomainError {
  constructor() {
    super('idempotency_mismatch', 'This Idempotency-Key was used with another body.');
  }
}

/** A quota or a guessing limit is reached. The same request may be sent again after so many seconds, not earlier. */
export class RateLimitedError extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, detail = 'Too many requests. Try again later.') {
    super('rate_limited', detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The database is overloaded or out of reach for the moment; the same request may be sent again. */
export class UnavailableError extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds = 2) {
    super('unavailable', 'The service is overloaded for a moment. Send the same request again.');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
