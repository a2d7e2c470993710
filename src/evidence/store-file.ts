import { createHash } from 'node:crypto';
import { TooLargeError, ValidationError } from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import { mediaTypeOf } from './media-type.ts';

/** The least that R2 takes as a part; all parts but the last must be of one size. So much of a file is in memory. */
export const PART_BYTES = 5 * 1024 * 1024;

type File = { key: string; filename: string; bytes: AsyncIterable<Uint8Array>; maxBytes: number };

type StoredFile = { size: number; sha256: string; mediaType: string };

/**
 * Writes a file into R2 while it comes in, and tells what it was. A large one is an upload of several parts, which is
 * aborted when anything goes wrong; should that fail, too, R2 itself drops it after seven days.
 */
export async function storeFile(bucket: R2Bucket, { key, filename, bytes, maxBytes }: File): Promise<StoredFile> {
  const hash = createHash('sha256');
  const target = partsTarget(bucket, key);
  let size = 0;
  let mediaType = '';
  try {
    for await (const part of partsOf(bytes, Math.min(PART_BYTES, maxBytes))) {
      if (size === 0) mediaType = mediaTypeOf({ filename, start: part });
      size += part.byteLength;
      if (size > maxBytes) throw new TooLargeError(`The file may have at most ${maxBytes} bytes.`);
      hash.update(part);
      await target.write(part);
    }
    if (size === 0) throw new ValidationError([{ pointer: '#/file', detail: 'must not be empty' }]);
    await target.complete();
  } catch (error) {
    await target.abort();
    throw error;
  }
  return { size, sha256: hash.digest('hex'), mediaType };
}

/** The bytes in parts of one size and a rest. There is one buffer: a part is good until the next is asked for. */
async function* partsOf(bytes: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(partBytes);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.byteLength; ) {
      const piece = chunk.subarray(at, at + partBytes - filled);
      buffer.set(piece, filled);
      filled += piece.byteLength;
      at += piece.byteLength;
      if (filled < partBytes) continue;
      yield buffer;
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}

/** Where parts go: one object at once when there is only a rest, else an upload of several parts. */
function partsTarget(bucket: R2Bucket, key: string) {
  let upload: R2MultipartUpload | undefined;
  const uploaded: R2UploadedPart[] = [];
  return {
    async write(part: Uint8Array): Promise<void> {
      if (!upload && part.byteLength < PART_BYTES) {
        await bucket.put(key, part);
        return;
      }
      upload ??= await bucket.createMultipartUpload(key);
      uploaded.push(await upload.uploadPart(uploaded.length + 1, part));
    },
    async complete(): Promise<void> {
      await upload?.complete(uploaded);
    },
    async abort(): Promise<void> {
      await upload?.abort().catch((error) => log.warn('an upload was not aborted', { key, ...describeError(error) }));
    },
  };
}
