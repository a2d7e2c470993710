import { z } from '@hono/zod-openapi';

/** The `If-Match` header of a change: the version that the caller saw, `"v7"`; `*` asks for any. */
export const ifMatchHeader = z.object({
  'if-match': z
    .string()
    .regex(/^(\*|"v[1-9]\d{0,9}")$/, 'must be an ETag such as "v7"')
    .transform((value) => (value === '*' ? undefined : Number(value.slice(2, -1))))
    .optional()
    .openapi({
      type: 'string',
      description: 'Change only this version, as an earlier `ETag` gave it: `"v7"`. A stale one is 412.',
    }),
});

/** The `ETag` of a version. */
export function etag(version: number): string {
  return `"v${version}"`;
}

/** The `ETag` header of a response, for the API reference. */
export const etagHeader = {
  ETag: { description: 'The version, for If-Match.', schema: { type: 'string' as const, example: '"v1"' } },
};
