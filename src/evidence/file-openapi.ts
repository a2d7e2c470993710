import { z } from '@hono/zod-openapi';

const binary = { type: 'string', format: 'binary' } as const;

/**
 * The body of an upload, for the API reference. These are no zod schemas on purpose: for one of those zod-openapi would
 * read the whole form into memory.
 */
export const uploadBody = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: { type: 'object' as const, required: ['file'], properties: { file: binary } },
    },
    'application/octet-stream': { schema: binary },
  },
};

export const downloadHeaders = z.object({
  range: z.string().optional().openapi({ description: 'One part: `bytes=0-99`, `bytes=100-` or `bytes=-5`.' }),
  'if-range': z.string().optional().openapi({ description: 'The `ETag` for which Range counts; else all is sent.' }),
  'if-none-match': z
    .string()
    .optional()
    .openapi({ description: 'The `ETag` of what you have: 304 if it is the same.' }),
});

const header = (description: string) => ({ description, schema: { type: 'string' as const } });

const headers = {
  'Accept-Ranges': header('`bytes`.'),
  'Content-Disposition': header('`attachment`, with the name of the file (RFC 6266).'),
  ETag: header('The SHA-256 in hex, quoted.'),
  'Repr-Digest': header('The SHA-256 of the whole file (RFC 9530).'),
};

const content = { '*/*': { schema: binary } };

/** The answers of a download, for the API reference. */
export const downloadResponses = {
  200: { description: 'The file, streamed, under the media type of its bytes.', headers, content },
  206: {
    description: 'The part that was asked for.',
    headers: { ...headers, 'Content-Range': header('Which part it is: `bytes 0-99/5120`.') },
    content,
  },
  304: { description: 'You have it already.', headers: { ETag: headers.ETag } },
};
