import { getTableColumns } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { JsonObject } from '../../src/core/json.ts';

/** Fields by the names of their columns, in the table's order, as they are stored; what is stored as JSON stays JSON. */
export function columnsOf(table: SQLiteTable, fields: object): JsonObject {
  const columns: JsonObject = {};
  for (const [field, column] of Object.entries(getTableColumns(table))) {
    const value: unknown = Reflect.get(fields, field);
    if (value !== undefined) columns[column.name] = stored(value);
  }
  return columns;
}

function stored(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'boolean' ? Number(value) : value;
}
