const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

// A spreadsheet takes such a cell for a formula (owasp.org/www-community/attacks/CSV_Injection). What looks disarmed
// already gets one more apostrophe, so that whoever reads the file can take one off.
const FORMULA = /^'*[=+\-@\t\r\n]/;

export type Cell = string | number | boolean | null;

/**
 * One line of CSV by RFC 4180, with its CRLF. NULL is an empty cell. Text that a spreadsheet would run as a formula gets
 * an apostrophe in front, by which the spreadsheet shows it as text; numbers stay as they are.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a cell that may have such an apostrophe. */
export function plainText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

// A cell and what ends it. In quotes it may hold anything, a quote twice; elsewhere a quote is a character like others,
// as spreadsheets take it. What begins a quote and never ends it is no cell.
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|(?!"[^"]*(?:""[^"]*)*$)([^,\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * The records of a CSV file by RFC 4180, at most `max`. Any line end will do, and empty lines are left out. Null stands
 * for what a quote without its end swallowed, which is all the rest.
 */
export function readCsv(text: string, max: number): (string[] | null)[] {
  const records: (string[] | null)[] = [];
  let cells: string[] = [];
  CELL.lastIndex = 0;
  for (let at = 0; records.length < max && (at < text.length || cells.length > 0); at = CELL.lastIndex) {
    const match = CELL.exec(text);
    if (!match) return [...records, null];
    const [whole, quoted, plain = '', end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (cells.length > 1 || whole !== end) records.push(cells);
    cells = [];
  }
  return records;
}
