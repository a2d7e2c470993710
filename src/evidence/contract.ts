import { z } from '@hono/zod-openapi';
import { oneOf, rfc3339 } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import type { evidence } from './table.ts';

export type Evidence = typeof evidence.$inferSelect;

export const uploadQuery = z.strictObject({
  filename: z
    .string()
    .optional()
    .openapi({ description: 'The name of a file that is sent as it is. A form names its own.', example: 'auth.log' }),
});

export const evidenceView = z
  .strictObject({
    id: z.number().int(),
    incident_id: z.number().int(),
    filename: z.string().openapi({ description: 'Without path and control characters, at most 200 characters.' }),
    media_type: z.string().openapi({ description: 'By the first bytes, whatever the client declared.' }),
    size: z.number().int().openapi({ description: 'In bytes.' }),
    sha256: z.string().openapi({ description: 'In hex.' }),
    uploaded_by: z.string(),
    created_at: rfc3339,
  })
  .openapi('Evidence', {
    example: {
      id: 4,
      incident_id: 17,
      filename: 'auth.log',
      media_type: 'text/plain',
      size: 5120,
      sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
      uploaded_by: 'alice',
      created_at: '2026-11-21T09:30:00.000Z',
    },
  });

export const evidencePage = pageOf(evidenceView).openapi('EvidencePage');

export const evidenceQuery = z.strictObject(pagingQuery(['created_at'])).superRefine(checkListQuery);

export type EvidenceQuery = z.output<typeof evidenceQuery>;

export function viewEvidence(row: Evidence): z.output<typeof evidenceView> {
  return {
    id: row.id,
    incident_id: row.incidentId,
    filename: row.filename,
    media_type: row.mediaType,
    size: row.size,
    sha256: row.sha256 ?? '',
    uploaded_by: row.uploadedBy,
    created_at: row.createdAt.toISOString(),
  };
}

export const custodyView = z
  .strictObject({
    id: z.number().int().openapi({ description: 'Of its row in the audit log.' }),
    timestamp: rfc3339,
    actor: z.string().openapi({ description: '`user:<name>`.' }),
    action: z.string().openapi({ description: '`evidence.add` or `evidence.download`.' }),
    range: z.string().nullable().openapi({ description: 'Which part was downloaded; null for all of it.' }),
  })
  .openapi('CustodyEntry', {
    example: {
      id: 318,
      timestamp: '2026-11-21T09:30:00.000Z',
      actor: 'user:alice',
      action: 'evidence.download',
      range: 'bytes 0-99/5120',
    },
  });

export const custodyPage = pageOf(custodyView).openapi('CustodyPage');

export const custodyQuery = z
  .strictObject({
    ...pagingQuery(['timestamp']),
    sort_order: oneOf(['asc', 'desc'])
      .default('asc')
      .openapi({ default: 'asc', description: 'Oldest or newest first.' }),
  })
  .superRefine(checkListQuery);

export type CustodyQuery = z.output<typeof custodyQuery>;

export type CustodyEntry = { id: number; timestamp: Date; actor: string; action: string; after: unknown };

const noted = z.object({ range: z.string().nullable() });

export function viewCustody(entry: CustodyEntry): z.output<typeof custodyView> {
  return {
    id: entry.id,
    timestamp: entry.timestamp.toISOString(),
    actor: entry.actor,
    action: entry.action,
    range: noted.safeParse(entry.after).data?.range ?? null,
  };
}
