import { csvLine } from '../../../src/http/csv.ts';
import { saveBlob } from '../kit/save-blob.ts';

type Cell = string | number | null;

type Column = {
  head: string;
  /** What its values in the file are in, where the page writes them in words. */
  unit?: string;
  /** How the page writes a value; the file has it as it is. */
  format?: (value: Cell) => string;
};

/** The figures of a report, as a table shows them and a file holds them. */
export type Sheet = { filename: string; columns: readonly Column[]; rows: readonly (readonly Cell[])[] };

export function saveSheet({ filename, columns, rows }: Sheet): void {
  const lines = [columns.map(({ head, unit }) => (unit ? `${head} (${unit})` : head)), ...rows].map(csvLine);
  saveBlob(new Blob(lines, { type: 'text/csv' }), filename);
}
