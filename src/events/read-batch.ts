/** One item of a batch before it is checked: a value, or a line that is not JSON. */
export type BatchItem = { value: unknown } | { broken: string };

/** The items of an NDJSON body, a line each. Empty lines are skipped; a broken line spoils only itself. */
export function readNdjson(body: string): BatchItem[] {
  return body
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => {
      try {
        return { value: JSON.parse(row) };
      } catch {
        return { broken: 'must be valid JSON' };
      }
    });
}

/** The items of a JSON array. */
export function readArray(values: unknown[]): BatchItem[] {
  return values.map((value) => ({ value }));
}
