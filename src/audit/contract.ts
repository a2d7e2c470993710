import { z } from '@hono/zod-openapi';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { id, line, oneOf, rfc3339, timeInput } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import type { StoredRow } from './digest.ts';
import type { Examination } from './examine-log.ts';
import { FAULT_KINDS, FAULTS } from './faults.ts';

const ROW = {
  id: 17,
  timestamp: '2026-11-21T09:30:00.000Z',
  actor: 'user:alice',
  action: 'alert.acknowledge',
  target: 'alert:3',
  before: { status: 'open' },
  after: { status: 'acknowledged' },
  ip: '203.0.113.7',
  request_id: '5a0f3a1e-2f0c-4b39-9a52-6f2f1d0f4a11',
};

const state = z.record(z.string(), z.unknown()).nullable();

export const auditRowView = z
  .strictObject({
    id: z.number().int().openapi({ description: 'Counts without a gap.' }),
    timestamp: rfc3339,
    actor: z.string().openapi({ description: '`user:<name>`, `sensor:<id>`, `system:<part>` or `anonymous`.' }),
    action: z.string(),
    target: z.string(),
    before: state.openapi({ description: 'The values that were changed or deleted, as they were.' }),
    after: state.openapi({ description: 'What was added, or the changed values as they became.' }),
    ip: z.string().nullable(),
    request_id: z
      .string()
      .openapi({ description: 'The `X-Request-Id` of the request; one per run of a queue or cron.' }),
  })
  .openapi('AuditRow', { example: ROW });

export const auditPage = pageOf(auditRowView).openapi('AuditPage');

const filters = {
  actor: line(200).optional().openapi({ description: 'Exactly, as the rows say it: `user:alice`.' }),
  action: line(100).optional().openapi({ description: 'Exactly: `alert.acknowledge`.' }),
  target: line(200).optional().openapi({ description: 'Exactly: `alert:3`.' }),
  request_id: line(100).optional(),
  from: timeInput.optional().openapi({ description: 'Written at or after.' }),
  to: timeInput.optional().openapi({ description: 'Written at or before.' }),
};

export const auditQuery = z.strictObject({ ...pagingQuery(['timestamp']), ...filters }).superRefine(checkListQuery);

export type AuditQuery = z.output<typeof auditQuery>;

export const auditExportQuery = z
  .strictObject({
    format: oneOf(['ndjson', 'csv']).default('ndjson').openapi({ default: 'ndjson' }),
    ...filters,
  })
  .superRefine(checkListQuery);

export type AuditExportQuery = z.output<typeof auditExportQuery>;

export const verifyQuery = z.strictObject({
  from_id: id
    .default(1)
    .openapi({ type: 'integer', minimum: 1, default: 1, description: 'The `next_from` of the answer before.' }),
});

const faultView = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  first_id: z.number().int().openapi({ description: 'The first row that it concerns.' }),
  last_id: z.number().int().openapi({ description: 'The last row that it concerns.' }),
  sealed_as: z.number().int().nullable().openapi({ description: 'The id that a reordered row was sealed under.' }),
  detail: z.string(),
});

export const verificationView = z
  .strictObject({
    status: z.enum(['ok', 'broken']).openapi({ description: 'Of the rows that this answer is about.' }),
    verified_through: z.number().int().openapi({ description: 'The last row that a signed seal covers.' }),
    next_from: z.number().int().nullable().openapi({ description: 'Where to go on; null at the end of the log.' }),
    rows_checked: z.number().int(),
    seals_checked: z.number().int(),
    unsealed_rows: z.number().int().openapi({ description: 'Rows looked at that no signed seal covers yet.' }),
    faults: z.array(faultView).openapi({ description: 'At most 100, in order of the rows.' }),
    fault_count: z.number().int(),
    public_keys: z.array(z.string()).openapi({ description: 'Who signed the seals: Ed25519 public keys, base64url.' }),
  })
  .openapi('AuditVerification', {
    example: {
      status: 'broken',
      verified_through: 9000,
      next_from: null,
      rows_checked: 9012,
      seals_checked: 3,
      unsealed_rows: 12,
      faults: [{ kind: 'changed', first_id: 17, last_id: 17, sealed_as: null, detail: FAULTS.changed }],
      fault_count: 1,
      public_keys: ['11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'],
    },
  });

const MAX_FAULTS = 100;

export function viewVerification(found: Examination): z.output<typeof verificationView> {
  return {
    status: found.faults.length === 0 ? 'ok' : 'broken',
    verified_through: found.verifiedThrough,
    next_from: found.nextFrom,
    rows_checked: found.rowsChecked,
    seals_checked: found.sealsChecked,
    unsealed_rows: found.unsealedRows,
    faults: found.faults.slice(0, MAX_FAULTS).map(({ kind, firstId, lastId, sealedAs }) => ({
      kind,
      first_id: firstId,
      last_id: lastId,
      sealed_as: sealedAs ?? null,
      detail: FAULTS[kind],
    })),
    fault_count: found.faults.length,
    public_keys: found.publicKeys,
  };
}

export function viewAuditRow(row: StoredRow): z.output<typeof auditRowView> {
  return {
    id: row.id,
    timestamp: viewTime(row.timestamp),
    actor: row.actor,
    action: row.action,
    target: row.target,
    before: viewState(row.before),
    after: viewState(row.after),
    ip: row.ip,
    request_id: row.requestId,
  };
}

// Whoever writes past us can store what is no time and no JSON. The list must show such a row and not fail on it.
export function viewTime(value: number): string {
  const time = new Date(value);
  return (Number.isNaN(time.getTime()) ? new Date(0) : time).toISOString();
}

function viewState(text: string | null): JsonObject | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {}
  return { unreadable: String(text) };
}
