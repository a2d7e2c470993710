import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { HonoRequest } from 'hono/request';
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

/** A body of this media type, as text in UTF-8; a byte order mark is taken off. */
export async function readText(request: HonoRequest, type: string): Promise<string> {
  const sent = request.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (sent !== type) throw new UnsupportedMediaTypeError([type]);
  const bytes = await request.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new ValidationError([{ pointer: '#', detail: 'must be text in UTF-8' }]);
  }
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
