import { createHash } from 'node:crypto';
import type { Context } from '../core/context.ts';
import { writeFile } from './cold-file.ts';
import type { Chunk } from './read-chunk.ts';

export type ColdObject = { key: string; bytes: number; sha256: string };

/**
 * Writes a chunk into R2 and reads it back. The name follows from where the chunk begins, so what a run that died left
 * there is overwritten. Throws when what comes back is not what was written, to the byte.
 */
export async function storeChunk({ evidence }: Context, { day, firstId, rows }: Chunk): Promise<ColdObject> {
  const file = await writeFile(rows);
  const key = `cold/events/day=${day}/part-${firstId}.parquet`;
  const sha256 = digest(file);
  await evidence.put(key, file, { sha256, httpMetadata: { contentType: 'application/vnd.apache.parquet' } });
  const stored = await (await evidence.get(key))?.arrayBuffer();
  if (!stored || digest(stored) !== sha256) throw new Error(`${key} is not what was written`);
  return { key, bytes: stored.byteLength, sha256 };
}

function digest(bytes: ArrayBuffer): string {
  return createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
}
