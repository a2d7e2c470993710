import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Dicer from '@fastify/busboy/deps/dicer/lib/Dicer.js';
import { parse } from 'content-disposition';
import { DomainError, TooLargeError, UnsupportedMediaTypeError, ValidationError } from '../core/errors.ts';

/** A file on its way. Its bytes come as they are asked for, and are never whole in memory. */
export type Upload = {
  filename: string;
  /** The most that the file can have: what the request says of its length, else what a file may have. */
  reserved: number;
  bytes: AsyncIterable<Uint8Array>;
};

type Body = ReadableStream<Uint8Array>;

/** What a form may have beside its file: boundaries and headers. */
const FORM_BYTES = 16_384;

const ONE_FILE = new ValidationError([{ pointer: '#', detail: 'must hold one part, the field file' }]);
const BROKEN = new ValidationError([{ pointer: '#', detail: 'must be valid multipart/form-data' }]);

/** The file of a request: the field `file` of a form, or else the whole body under the given name. */
export async function readUpload(
  { headers, body }: Request,
  { filename = '', maxBytes }: { filename?: string | undefined; maxBytes: number },
): Promise<Upload> {
  if (headers.has('Content-Encoding')) throw new UnsupportedMediaTypeError(['the file as it is, not encoded']);
  const type = headers.get('Content-Type') ?? '';
  const isForm = /^multipart\//i.test(type);
  const maxBody = isForm ? maxBytes + FORM_BYTES : maxBytes;
  const length = lengthOf(headers) ?? maxBytes;
  if (length > maxBody) throw new TooLargeError(`The file may have at most ${maxBytes} bytes.`);
  if (!body || length === 0) throw new ValidationError([{ pointer: '#/file', detail: 'must not be empty' }]);
  const file = isForm ? await readForm(limited(body, maxBody), type) : { filename, bytes: body };
  return { ...file, reserved: Math.min(length, maxBytes) };
}

/** How long the body is, if the request says so. */
function lengthOf(headers: Headers): number | null {
  const length = headers.get('Content-Length') ?? '';
  return /^\d+$/.test(length) ? Number(length) : null;
}

async function* limited(body: Body, maxBody: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBody) throw new TooLargeError(`The form may have at most ${maxBody} bytes.`);
    yield chunk;
  }
}

type Part = Pick<Upload, 'filename' | 'bytes'>;

/** The file of a form, as soon as it starts. That nothing follows it is known, and checked, when its bytes end. */
function readForm(body: AsyncGenerator<Uint8Array>, type: string): Promise<Part> {
  const form = parserFor(type);
  const whole = pipeline(body, form);
  let parts = 0;
  return new Promise((resolve, reject) => {
    form.on('part', (bytes) => {
      // A part that breaks off in its headers is nobody's yet.
      bytes.on('error', () => {});
      parts += 1;
      if (parts > 1) form.destroy(ONE_FILE);
      bytes.on('header', (headers) => {
        const { name, filename = '' } = namesIn(headers);
        if (name === 'file') resolve({ filename, bytes: bytesOf(bytes, { form, whole }) });
        else form.destroy(ONE_FILE);
      });
    });
    whole.then(
      () => reject(ONE_FILE),
      (error) => reject(asFault(error)),
    );
  });
}

type PartHeaders = { 'content-disposition'?: string[] };

/** What a part calls its field and its file. The parser gives headers byte by byte; they are UTF-8. */
function namesIn({ 'content-disposition': [header = ''] = [] }: PartHeaders): Record<string, string | undefined> {
  return parse(Buffer.from(header, 'latin1').toString(), { multipart: true }).parameters;
}

type Form = { form: Dicer; whole: Promise<void> };

function bytesOf(file: Readable, { form, whole }: Form): AsyncIterable<Uint8Array> {
  // A form that breaks off takes its file along, be it read already or not.
  whole.catch((error) => file.destroy(error));
  return (async function* () {
    try {
      yield* file;
      await whole;
    } catch (error) {
      throw asFault(error);
    } finally {
      // Who stops reading ends the request's body, too.
      form.destroy();
    }
  })();
}

function parserFor(contentType: string): Dicer {
  const { type, parameters } = parse(contentType);
  if (type !== 'multipart/form-data' || !parameters.boundary) throw BROKEN;
  try {
    return new Dicer({ boundary: parameters.boundary, maxHeaderSize: 8_192 });
  } catch {
    throw BROKEN;
  }
}

function asFault(error: unknown): DomainError {
  return error instanceof DomainError ? error : BROKEN;
}
