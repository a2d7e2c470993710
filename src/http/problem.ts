import { z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import {
  DomainError,
  type ErrorCode,
  MethodNotAllowedError,
  RangeNotSatisfiableError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedMediaTypeError,
  ValidationError,
} from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import { isQuotaFault, isTransientFault } from '../db/faults.ts';
import type { AppEnv } from './router.ts';

/** The quota of the day ends at midnight UTC, or minutes after someone pays for more. */
const QUOTA_RETRY_SECONDS = 300;

const PROBLEMS: Record<ErrorCode | 'internal', { status: ContentfulStatusCode; title: string }> = {
  validation: { status: 400, title: 'Invalid request' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  otp_required: { status: 401, title: 'One-time code required' },
  totp_enrolment_required: { status: 403, title: '2FA enrolment required' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict' },
  precondition_failed: { status: 412, title: 'Precondition failed' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  range_not_satisfiable: { status: 416, title: 'Range not satisfiable' },
  idempotency_mismatch: { status: 422, title: 'Idempotency-Key reused' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Overloaded' },
};

/** RFC 9457 problem details, the body of every error. */
export const problemView = z
  .strictObject({
    type: z.string().openapi({ example: '/problems#validation' }),
    title: z.string().openapi({ example: 'Invalid request' }),
    status: z.number().int().openapi({ example: 400 }),
    detail: z.string(),
    instance: z.string().openapi({ example: '/api/v1/events' }),
    request_id: z.string(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().openapi({ description: '`#/…` in the body, else `query/…`, `path/…` or `header/…`.' }),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .openapi('Problem');

/** Answers any error that reached the top: what the caller should know as told, anything else as a fixed sentence. */
export function answerProblem(error: unknown, c: HonoContext<AppEnv>): Response {
  const domain = asDomainError(error);
  if (!domain) log.error('request failed', { request_id: c.get('requestId'), ...describeError(error) });
  const code = domain?.code ?? 'internal';
  const { status, title } = PROBLEMS[code];
  const body: z.output<typeof problemView> = {
    type: `/problems#${code}`,
    title,
    status,
    detail: domain?.message ?? 'Something failed on our side. The request id leads to the log.',
    instance: c.req.path,
    request_id: c.get('requestId'),
    ...(domain instanceof ValidationError ? { errors: domain.errors } : {}),
  };
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json', ...headersOf(domain) });
}

function asDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (isTransientFault(error)) {
    log.warn('database unavailable', describeError(error));
    return isQuotaFault(error) ? new UnavailableError(QUOTA_RETRY_SECONDS) : new UnavailableError();
  }
  // Hono's JSON parser and the media type gate of zod-openapi throw these; their texts may quote the body.
  if (error instanceof HTTPException && error.status === 415)
    return new UnsupportedMediaTypeError(['a media type that the API reference names']);
  if (error instanceof HTTPException && error.status === 400) {
    return new ValidationError([{ pointer: '#', detail: 'must be valid JSON' }]);
  }
  return undefined;
}

function headersOf(error: DomainError | undefined): Record<string, string> {
  if (error instanceof UnauthenticatedError) return { 'WWW-Authenticate': 'Bearer realm="edgewatch"' };
  if (error instanceof MethodNotAllowedError) return { Allow: error.allow.join(', ') };
  if (error instanceof RangeNotSatisfiableError) return { 'Content-Range': `bytes */${error.size}` };
  if (error instanceof UnavailableError || error instanceof RateLimitedError) {
    return { 'Retry-After': String(error.retryAfterSeconds) };
  }
  return {};
}
