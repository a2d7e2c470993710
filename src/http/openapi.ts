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
  416: 'The part lies behind the end of the file; `Content-Range` tells its size.',
  422: 'The Idempotency-Key was used with another body.',
  429: 'A quota is used up; see Retry-After.',
  503: 'Overloaded for a moment; see Retry-After.',
} as const;

type ProblemStatus = keyof typeof MEANINGS;
type ProblemResponse = {
  description: string;
  content: { 'application/problem+json': { schema: typeof problemView } };
};

/** The problem responses of a route, for the API reference and for typed clients. 429 is always one of them. */
export function problems<Status extends ProblemStatus>(...statuses: Status[]) {
  return Object.fromEntries(
    [...statuses, 429 as const].map((status) => [
      status,
      { description: MEANINGS[status], content: { 'application/problem+json': { schema: problemView } } },
    ]),
  ) as unknown as { [S in Status | 429]: ProblemResponse };
}

/** A JSON response of a route. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A required JSON body of a route. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

const DESCRIPTION = `Security events in, alerts and incidents out, at the edge.

Sign in at \`/token\` and send \`Authorization: Bearer <access>\`; sensors send their key in the same header.
Lists page by \`cursor\` (follow \`next_cursor\` until it is null; a page may be short when a filter is rare) or by
\`page\`. Filters that begin with \`not_\` leave out what they name; \`/facets\` of a list counts what its filters would find
by value. A trailing slash is accepted everywhere, \`/api\` serves what \`/api/v1\` serves, and enumerations ignore case.
Every error is \`application/problem+json\` (RFC 9457).

Requests are limited per minute of the clock: by sensor, by user, and by address for those without credentials. Signing
in has a quota of its own, and so have a sensor's events, of which a batch counts each. \`RateLimit-Policy\` tells the
quotas that apply (\`"user";q=600;w=60\`), \`RateLimit\` what is left of them and the seconds until they start anew
(\`"user";r=599;t=41\`). Beyond a quota the answer is 429 with \`Retry-After\`. Nothing of a refused batch is stored.

While the database has more to do than it can, the answer is 503 with \`Retry-After\`: of a change all is written or
nothing, and the same request may be sent again. Lists, searches, exports and reports are refused first, for 2 to 10
seconds; posting events, signing in, triage and single things are still tried. An event with an \`external_id\` or
Idempotency-Key is stored once, however often it is sent.

Reads may be served by a replica of the database that is a moment behind. Every answer that used the database carries
\`X-D1-Bookmark\`; send the last one back in a header of the same name, and what you read is at least as new as what
you saw and wrote. Changes are made at the primary, with a bookmark or without. A value that is no bookmark is 400.`;

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
      { name: 'Sign-in', description: 'Tokens and sessions.' },
      { name: 'My account', description: 'My profile, password and second factor.' },
      { name: 'People', description: 'Accounts, invitations and resets.' },
      { name: 'Events', description: 'What sensors saw.' },
      { name: 'Alerts', description: 'What someone has to look at.' },
      { name: 'Grouping rules', description: 'Which events are one problem, and so one alert.' },
      { name: 'Escalation', description: 'Who is told of an alert when, and by when it is to be handled.' },
      { name: 'Silences', description: 'When events raise no alert: once, or again and again.' },
      { name: 'Incidents', description: 'What a team works on until it is over.' },
      { name: 'Notes', description: 'What people wrote about an incident.' },
      { name: 'Evidence', description: 'Files that belong to an incident.' },
      { name: 'Saved views', description: 'Filters and order of a screen under a name.' },
      { name: 'Reports', description: 'Counts, and how fast alerts and incidents are dealt with.' },
      { name: 'Sensors', description: 'Machines that post events.' },
      { name: 'Notifications', description: 'Where people are told, and what was delivered.' },
      { name: 'Live', description: 'Changes as they happen.' },
      { name: 'Audit log', description: 'Who did what, and the proof that nobody changed the record.' },
      { name: 'Service', description: 'Health and settings.' },
    ],
  });
}
