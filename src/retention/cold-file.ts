import type { SchemaElement } from 'hyparquet';
import type { events } from '../events/table.ts';

type Stored = typeof events.$inferSelect;

/** An event on its way into the cold store: all that is kept of it, JSON as the text that is stored. */
export type ColdEvent = Omit<Stored, 'attributes' | 'origin' | 'idempotencyKey' | 'bodyHash' | 'alertState'> & {
  attributes: string;
  origin: string;
};

const TYPES = {
  STRING: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  INT64: { type: 'INT64' },
  TIMESTAMP: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } },
} as const satisfies Record<string, Partial<SchemaElement>>;

type Column = { name: string; type: keyof typeof TYPES; of: (event: ColdEvent) => unknown };

const whole = (value: number | null) => (value === null ? null : BigInt(value));

/** The columns of a file, by the names of the API. Times are milliseconds in UTC; `attributes` and `origin` are JSON. */
const COLUMNS: Column[] = [
  { name: 'id', type: 'INT64', of: ({ id }) => BigInt(id) },
  { name: 'timestamp', type: 'TIMESTAMP', of: ({ timestamp }) => timestamp },
  { name: 'source', type: 'STRING', of: ({ source }) => source },
  { name: 'event_type', type: 'STRING', of: ({ eventType }) => eventType },
  { name: 'severity', type: 'STRING', of: ({ severity }) => severity },
  { name: 'description', type: 'STRING', of: ({ description }) => description },
  { name: 'occurred_at', type: 'TIMESTAMP', of: ({ occurredAt }) => occurredAt },
  { name: 'attributes', type: 'STRING', of: ({ attributes }) => attributes },
  { name: 'dedup_key', type: 'STRING', of: ({ dedupKey }) => dedupKey },
  { name: 'external_id', type: 'STRING', of: ({ externalId }) => externalId },
  { name: 'sensor_id', type: 'INT64', of: ({ sensorId }) => whole(sensorId) },
  { name: 'origin', type: 'STRING', of: ({ origin }) => origin },
  { name: 'silence_id', type: 'INT64', of: ({ silenceId }) => whole(silenceId) },
  { name: 'alert_id', type: 'INT64', of: ({ alertId }) => whole(alertId) },
  { name: 'submitted_by', type: 'STRING', of: ({ submittedBy }) => submittedBy },
  { name: 'request_id', type: 'STRING', of: ({ requestId }) => requestId },
  { name: 'ip', type: 'STRING', of: ({ ip }) => ip },
];

const SCHEMA: SchemaElement[] = [
  { name: 'event', num_children: COLUMNS.length },
  ...COLUMNS.map(({ name, type }) => ({ name, ...TYPES[type], repetition_type: 'OPTIONAL' as const })),
];

/** These events as a Parquet file: the same events always make the same bytes. */
export async function writeFile(rows: ColdEvent[]): Promise<ArrayBuffer> {
  // Only this cron needs the library; requests do not wait for it to be evaluated.
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = COLUMNS.map(({ name, of }) => ({ name, data: rows.map(of) }));
  return parquetWriteBuffer({ schema: SCHEMA, columnData, rowGroupSize: rows.length });
}
