import { type FieldError, ValidationError } from '../core/errors.ts';
import { plainText, readCsv } from '../http/csv.ts';
import { pointerTo } from '../http/router.ts';
import { INCIDENT_COLUMNS } from './export-contract.ts';
import { IMPORT_COLUMNS, MAX_IMPORT_ROWS } from './import-contract.ts';

/** A row of an import before it is checked: its cells by column, or what is wrong with the row itself. */
export type ImportRow = { row: number } & ({ value: Record<string, unknown> } | { broken: string });

/** The rows of a CSV file below its header. A broken row spoils only itself; a broken header the file. */
export function readImport(text: string): ImportRow[] {
  // The header, and one more than is allowed.
  const [header, ...records] = readCsv(text, MAX_IMPORT_ROWS + 2);
  if (!header) throw new ValidationError([{ pointer: '#', detail: 'must have a header row' }]);
  const columns = header.map((name) => name.trim().toLowerCase());
  checkHeader(columns);
  if (records.length === 0) throw new ValidationError([{ pointer: '#', detail: 'must hold at least one row' }]);
  if (records.length > MAX_IMPORT_ROWS) {
    const detail = `an import holds at most ${MAX_IMPORT_ROWS} rows`;
    throw new ValidationError([{ pointer: `#/${MAX_IMPORT_ROWS + 1}`, detail }]);
  }
  return records.map((cells, index) => ({ row: index + 1, ...readRow(columns, cells) }));
}

function checkHeader(columns: string[]): void {
  const faults: FieldError[] = [...new Set(columns)].flatMap((name) => {
    const pointer = pointerTo('json', ['header', name]);
    if (!KNOWN.has(name)) return [{ pointer, detail: 'is not a column of an import' }];
    return columns.indexOf(name) < columns.lastIndexOf(name) ? [{ pointer, detail: 'must be there once' }] : [];
  });
  if (!columns.includes('title')) faults.push({ pointer: '#/header/title', detail: 'is required' });
  if (faults.length > 0) throw new ValidationError(faults.slice(0, MAX_FAULTS));
}

const KNOWN: ReadonlySet<string> = new Set(INCIDENT_COLUMNS);
const READ: ReadonlySet<string> = new Set(IMPORT_COLUMNS);
const MAX_FAULTS = 100;

function readRow(columns: string[], cells: string[] | null): { value: Record<string, unknown> } | { broken: string } {
  if (!cells) return { broken: 'must close its quote' };
  if (cells.length !== columns.length) return { broken: `must have ${columns.length} cells, as many as the header` };
  const named = columns.map((name, at) => [name, plainText(cells[at] ?? '')] as const);
  const given = named.filter(([name, cell]) => READ.has(name) && cell.trim() !== '');
  return { value: Object.fromEntries(given.map(([name, cell]) => [name, name === 'tags' ? tagsOf(cell) : cell])) };
}

function tagsOf(cell: string): string[] {
  const tags = cell.split(/[;,]/).map((tag) => tag.trim());
  return tags.filter((tag) => tag !== '');
}
