import type { OpenAPIHono, z } from '@hono/zod-openapi';
import { problemView } from './problem.ts';
import type { AppEnv } from './router.ts';

const MEANINGS = {
  400: 'The request does not satisfy the contract; `errors` names each field.',
  401: 'No credentials, or wrong ones.',
  403: 'The role does not have the permission.',
  404: 'There is no such thing.',
  409: 'The state does not allow it, or someone else was faster.',
  412: '`If-Match` is stale.',
  413: 'The body is too large.',
  415: 'The body has another media type.',
  422: 'The Idempotency-Key was used with another body.',
  503: 'Overloaded for a moment; see Retry-After.',
} as const;

type ProblemStatus = keyof typeof MEANINGS;
type ProblemResponse = {
  description: string;
  content: { 'application/problem+json': { schema: typeof problemView } };
};

/** The problem responses of a route, for the API reference and for typed clients. */
export function problems<Status extends ProblemStatus>(...statuses: Status[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: MEANINGS[status], content: { 'application/problem+json': { schema: problemView } } },
    ]),
  ) as unknown as { [S in Status]: ProblemResponse };
}

/** A JSON response of a route. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A required JSON body of a route. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

const DESCRIPTION = `Security events in, alerts out, at the edge.

Sign in at \`/token\` and send \`Authorization: Bearer <access>\`; sensors send their key in the same header.
Lists page by \`cursor\` (follow \`next_cursor\` until it is null; a page may be short when a filter is rare) or by
\`page\`. A trailing slash is accepted everywhere, \`/api\` serves what \`/api/v1\` serves, and enumerations ignore case.
Every error is \`application/problem+json\` (RFC 9457).`;

/** The OpenAPI 3.1 document, built from the routes. */
export function openApiDocument(api: OpenAPIHono<AppEnv>) {
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token from `/token`, or a sensor key (`ews_…`).',
  });
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Edgewatch API',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/api/v1' }],
    tags: [
      { name: 'Sign-in', description: 'Tokens and people.' },
      { name: 'Events', description: 'What sensors saw.' },
      { name: 'Alerts', description: 'What someone has to look at.' },
      { name: 'Sensors', description: 'Machines that post events.' },
      { name: 'Service', description: 'Health.' },
    ],
  });
}
