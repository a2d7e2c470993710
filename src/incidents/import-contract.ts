import { z } from '@hono/zod-openapi';

export const MAX_IMPORT_BYTES = 1_000_000;
export const MAX_IMPORT_ROWS = 1_000;

/** The columns that are read; those of an export that say what became of an incident are passed over. */
export const IMPORT_COLUMNS = ['title', 'description', 'service', 'severity', 'status', 'tags', 'assignee'] as const;

/** For the API reference. No zod schema: zod-openapi would not read such a body. */
export const csvBody = {
  required: true,
  content: {
    'text/csv': {
      schema: {
        type: 'string' as const,
        example:
          'title,severity,tags,description\r\n' +
          'Ransomware on the payments cluster,sev1,ransomware;db,"Files of three hosts, encrypted."\r\n',
      },
    },
  },
};

export const importResult = z
  .strictObject({
    imported: z.number().int().openapi({ description: 'Incidents opened.' }),
    rejected: z.array(
      z.strictObject({
        row: z.number().int().openapi({ description: 'Counted from 1, the first after the header.' }),
        errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
      }),
    ),
    ids: z.array(z.number().int()).openapi({ description: 'Of the incidents, in the order of the rows.' }),
  })
  .openapi('ImportResult', {
    example: {
      imported: 1,
      rejected: [{ row: 2, errors: [{ pointer: '#/title', detail: 'is required' }] }],
      ids: [17],
    },
  });
