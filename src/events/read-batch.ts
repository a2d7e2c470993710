/** One item of a batch before it is checked: a value, or a line that is not JSON. */
export type BatchItem = { index: number } & ({ value: unknown } | { broken: string });

/** The items of an NDJSON body, a line each. Empty lines are skipped; a broken line spoils only itself. */
export function readNdjson(body: string): BatchItem[] {
  return body
    .split('\n')
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.trim() !== '')
    .map(({ row, index }) => {
      try {
        return { index, value: JSON.parse(row) };
      } catch {
        return { index, broken: 'must be valid JSON' };
      }
    });
}

/** The items of a JSON array. */
export function readArray(values: unknown[]): BatchItem[] {
  return values.map((value, index) => ({ index, value }));
}
