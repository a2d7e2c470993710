import { Buffer } from 'node:buffer';
import { create } from 'content-disposition';
import type { Context as HonoContext } from 'hono';
import type { AppEnv } from '../http/router.ts';
import { contentRange } from './byte-range.ts';
import type { Download } from './download-evidence.ts';

/** Answers bytes that no browser shall show or run: an attachment of the type that we found, to be taken as that. */
export function answerDownload(c: HonoContext<AppEnv>, { file, etag, range, body }: Download): Response {
  const { filename, mediaType, size, sha256 } = file;
  if (!body) return c.body(null, 304, { ETag: etag });
  return c.body(body, range ? 206 : 200, {
    'Accept-Ranges': 'bytes',
    'Content-Disposition': create(filename),
    'Content-Length': String(range?.length ?? size),
    'Content-Type': mediaType,
    ETag: etag,
    'Repr-Digest': `sha-256=:${Buffer.from(sha256 ?? '', 'hex').toString('base64')}:`,
    ...(range ? { 'Content-Range': contentRange(range, size) } : {}),
  });
}
