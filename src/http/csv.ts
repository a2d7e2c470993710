const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

// A spreadsheet takes such a cell for a formula (owasp.org/www-community/attacks/CSV_Injection). What looks disarmed
// already gets one more apostrophe, so that whoever reads the file can take one off.
const FORMULA = /^'*[=+\-@\t\r\n]/;

/**
 * One line of CSV by RFC 4180, with its CRLF. NULL is an empty cell. Text that a spreadsheet would run as a formula gets
 * an apostrophe in front, by which the spreadsheet shows it as text; numbers stay as they are.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a cell that may have such an apostrophe. */
export function plainText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
