import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { TooLargeError, UnsupportedMediaTypeError, ValidationError } from '../core/errors.ts';
import type { AppEnv } from './router.ts';

/** Refuses bodies of more than `bytes` as they were sent. */
export function limitBody(bytes: number) {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new TooLargeError(`The body may have at most ${bytes} bytes.`);
    },
  });
}

/** Unpacks `Content-Encoding: gzip`, which Workers leave to us, and stops at `bytes` of unpacked body. */
export function unpackBody(bytes: number) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const encoding = c.req.header('Content-Encoding')?.toLowerCase() ?? 'identity';
    if (encoding === 'identity' || !c.req.raw.body) return next();
    if (encoding !== 'gzip') throw new UnsupportedMediaTypeError(['plain', 'gzip']);
    const unpacked = await gunzip(c.req.raw.body, bytes);
    const headers = new Headers(c.req.raw.headers);
    headers.delete('Content-Encoding');
    headers.delete('Content-Length');
    c.req.raw = new Request(c.req.raw, { headers, body: unpacked });
    return next();
  });
}

async function gunzip(packed: ReadableStream<Uint8Array>, limit: number): Promise<Blob> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new ValidationError([{ pointer: '#', detail: 'must be valid gzip' }]);
    });
    if (done) return new Blob(chunks);
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new TooLargeError(`The unpacked body may have at most ${limit} bytes.`);
    }
    chunks.push(value);
  }
}
