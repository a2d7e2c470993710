import { getTableColumns, SQL, StringChunk, sql } from 'drizzle-orm';
import { SQLiteAsyncDialect, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Columns that are read together: their names as SQL, and the row that their cells make, which begin at `from`. */
export type Columns<Row> = { names: SQL; count: number; rowOf: (cells: unknown[], from?: number) => Row };

/**
 * Some columns of a table, or all, for the reads that are asked most: those select `names` in a template that
 * `db.values` runs. Drizzle's builder names and decodes column by column in every request, which took a tenth of the
 * time of a page of alerts; here it writes the names once, from the same table. To be called once, outside of requests.
 */
export function columnsOf<T extends SQLiteTable, Name extends keyof T['$inferSelect'] & string>(
  table: T,
  some: readonly Name[] = Object.keys(getTableColumns(table)) as Name[],
): Columns<Pick<T['$inferSelect'], Name>> {
  const all: Record<string, SQLiteColumn> = getTableColumns(table);
  return readAs(
    Object.entries(all)
      .filter(([name]) => some.includes(name as Name))
      .map(decoderOf),
  );
}

/** All columns of a table as SQLite stores them: times and JSON need not survive being parsed unchanged. */
export function storedColumnsOf<Row>(table: SQLiteTable): Columns<Row> {
  return readAs(Object.entries(getTableColumns(table)).map(([name, column]) => ({ name, column, isPlain: true })));
}

type Decoder = { name: string; column: SQLiteColumn; isPlain: boolean };

/** Numbers and text are what the driver answers; times, JSON and the like are not. */
function decoderOf([name, column]: [string, SQLiteColumn]): Decoder {
  return { name, column, isPlain: column.dataType === 'number' || column.dataType === 'string' };
}

function readAs<Row>(columns: Decoder[]): Columns<Row> {
  return {
    names: written(columns.map(({ column }) => column)),
    count: columns.length,
    rowOf: (cells, from = 0) => {
      const row: Record<string, unknown> = {};
      columns.forEach(({ name, column, isPlain }, at) => {
        const cell = cells[from + at];
        row[name] = isPlain || cell === null ? cell : column.mapFromDriverValue(cell);
      });
      return row as Row;
    },
  };
}

/** The names as one piece of finished text. */
function written(columns: SQLiteColumn[]): SQL {
  const names = columns.map((column) => sql`${column}`);
  return new SQL([new StringChunk(new SQLiteAsyncDialect().sqlToQuery(sql.join(names, sql`, `)).sql)]);
}
