import type { Page } from '../db/page.ts';
import { type Cell, csvLine } from './csv.ts';

/** How the rows of an export become text. */
export type Lines<Row> = { header: string; line: (row: Row) => string };

type Shape<Row, View, Column extends string> = {
  format: 'ndjson' | 'csv';
  /** A row as the list shows it: a line of NDJSON. */
  view: (row: Row) => View;
  columns: readonly Column[];
  /** The same flat, for CSV. */
  flatten: (view: View) => Record<Column, Cell>;
};

/** The lines of an export of what a list shows. */
export function linesOf<Row, View, Column extends string>(shape: Shape<Row, View, Column>): Lines<Row> {
  const { format, view, columns, flatten } = shape;
  if (format === 'ndjson') return { header: '', line: (row) => `${JSON.stringify(view(row))}\n` };
  const line = (row: Row) => {
    const cells = flatten(view(row));
    return csvLine(columns.map((column) => cells[column]));
  };
  return { header: csvLine(columns), line };
}

// A run of a Worker may send 1,000 queries to D1 and shares 128 MB with others: pages are long, and shorter where the
// rows are large, for a page weighs six times its text. The first is short because nothing is known of the rows yet.
const FIRST_ROWS = 500;
const MAX_ROWS = 5_000;
const PAGE_CHARACTERS = 2_000_000;

type Place<Cursor> = { cursor: Cursor | undefined; limit: number };
type Read<Row, Cursor> = (place: Place<Cursor>) => Promise<Pick<Page<Row, Cursor>, 'rows' | 'nextCursor'>>;

/** A list as text, read a page at a time as the text is asked for: memory does not grow with the list. */
export async function* exportText<Row, Cursor>(
  { header, line }: Lines<Row>,
  read: Read<Row, Cursor>,
): AsyncGenerator<string> {
  if (header) yield header;
  let place: Place<Cursor> = { cursor: undefined, limit: FIRST_ROWS };
  for (;;) {
    const { rows, nextCursor } = await read(place);
    const text = rows.map(line).join('');
    if (text) yield text;
    if (nextCursor === null) return;
    place = { cursor: nextCursor, limit: text ? rowsThatFit(text.length / rows.length) : place.limit };
  }
}

function rowsThatFit(charactersPerRow: number): number {
  return Math.max(1, Math.min(MAX_ROWS, Math.floor(PAGE_CHARACTERS / charactersPerRow)));
}
