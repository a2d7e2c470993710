import { z } from 'zod';
import { csvLine } from '../http/csv.ts';
import type { Lines } from '../http/export-text.ts';
import { viewAuditRow } from './contract.ts';
import type { StoredRow } from './digest.ts';

const COLUMNS = ['id', 'timestamp', 'actor', 'action', 'target', 'before', 'after', 'ip', 'request_id'] as const;

/** How the rows of the log become the lines of a file. */
export function auditLines(format: 'ndjson' | 'csv'): Lines<StoredRow> {
  return format === 'csv' ? { header: csvLine(COLUMNS), line: csvOf } : { header: '', line: ndjsonOf };
}

/** A row as CSV; `before` and `after` as JSON text. */
function csvOf(row: StoredRow): string {
  const { id, timestamp, actor, action, target, ip, request_id } = viewAuditRow(row);
  return csvLine([id, timestamp, actor, action, target, row.before, row.after, ip, request_id]);
}

/**
 * A row as a line of NDJSON: as the list shows it. Where `before` or `after` as compact JSON is not the very text that
 * is stored, because SQLite wrote a number as `1.0`, the text itself stands in `before_stored` or `after_stored`: with
 * it the row can be hashed again.
 */
export function ndjsonOf(row: StoredRow): string {
  const view = viewAuditRow(row);
  const stored = {
    ...(same(view.before, row.before) ? {} : { before_stored: row.before }),
    ...(same(view.after, row.after) ? {} : { after_stored: row.after }),
  };
  return `${JSON.stringify({ ...view, ...stored })}\n`;
}

function same(value: unknown, text: string | null): boolean {
  return text === null ? value === null : JSON.stringify(value) === text;
}

const state = z.record(z.string(), z.unknown()).nullable();

const exported = z.strictObject({
  id: z.number(),
  timestamp: z.iso.datetime({ precision: 3 }),
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  before: state,
  after: state,
  ip: z.string().nullable(),
  request_id: z.string(),
  before_stored: z.string().optional(),
  after_stored: z.string().optional(),
});

/**
 * The row that a line of an export was made of. A `…_stored` that contradicts the value beside it is a forgery: then
 * the value counts, so that the row does not hash as it was sealed. Throws when the line is no row.
 */
export function rowOfLine(line: string): StoredRow {
  const row = exported.parse(JSON.parse(line));
  return {
    id: row.id,
    timestamp: Date.parse(row.timestamp),
    actor: row.actor,
    action: row.action,
    target: row.target,
    before: storedText(row.before, row.before_stored),
    after: storedText(row.after, row.after_stored),
    ip: row.ip,
    requestId: row.request_id,
  };
}

function storedText(value: unknown, stored: string | undefined): string | null {
  const text = value === null ? null : JSON.stringify(value);
  if (stored === undefined) return text;
  try {
    return JSON.stringify(JSON.parse(stored)) === text ? stored : text;
  } catch {
    return text;
  }
}
