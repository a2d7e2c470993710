import { z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { describeError, log } from '../core/log.ts';
import type { AppEnv } from './router.ts';

const TYPES = { ndjson: 'application/x-ndjson', csv: 'text/csv' } as const;

type Format = keyof typeof TYPES;
type Content = Record<`text/${string}`, { schema: z.ZodString }>;

/** The 200 of a route that answers an attachment, for the API reference. */
export function attachment(description: string, formats: Format[]) {
  const header = { description: 'Names a file to keep it in.', schema: { type: 'string' as const } };
  const content = Object.fromEntries(formats.map((format) => [TYPES[format], { schema: z.string() }]));
  // To the compiler it is some text: zod-openapi takes `application/x-ndjson` for JSON and then for nothing.
  return { description, headers: { 'Content-Disposition': header }, content: content as Content };
}

type Attachment = { name: string; format: Format; parts: AsyncGenerator<string> };

/**
 * Answers text that is made while it is sent, as a file to keep: `audit-log-2026-11-21.csv`. When making it fails the
 * connection breaks off, so that half a file is not taken for a whole one.
 */
export function answerAttachment(c: HonoContext<AppEnv>, { name, format, parts }: Attachment): Response {
  const today = new Date().toISOString().slice(0, 10);
  return c.body(streamOf(parts, c.get('requestId')), 200, {
    'Content-Type': `${TYPES[format]}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${name}-${today}.${format}"`,
  });
}

/** A part is made when the reader asks for more; none is made after it went away. */
function streamOf(parts: AsyncGenerator<string>, requestId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isWanted = true;
  const source = {
    async pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      try {
        const { done, value } = await parts.next();
        if (!isWanted) return;
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error('an export broke off', { request_id: requestId, ...describeError(error) });
        controller.error(error);
      }
    },
    async cancel() {
      isWanted = false;
      await parts.return(undefined);
    },
  };
  // Nothing is made ahead: a part is in memory once.
  return new ReadableStream(source, { highWaterMark: 0 });
}
