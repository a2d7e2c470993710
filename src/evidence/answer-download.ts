import { create } from 'content-disposition';
import type { Context as HonoContext } from 'hono';
import { reprDigest } from '../http/repr-digest.ts';
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
    'Repr-Digest': reprDigest(sha256 ?? ''),
    ...(range ? { 'Content-Range': contentRange(range, size) } : {}),
  });
}
