/** Text or bytes as gzip. */
export async function gzip(content: string | Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([content]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** One value a line. */
export function ndjson(values: unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}
