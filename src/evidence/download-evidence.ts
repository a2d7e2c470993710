import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { log } from '../core/log.ts';
import { authorize } from '../identity/permissions.ts';
import { type ByteRange, type Conditions, contentRange, isUnchanged, rangeOf } from './byte-range.ts';
import type { Evidence } from './contract.ts';
import { evidenceTarget, getEvidence } from './get-evidence.ts';

/** Bytes to send: of the whole file or of a part; none when the client has them already. */
export type Download = { file: Evidence; etag: string; range: ByteRange | null; body: ReadableStream | null };

/**
 * Opens a file for reading. That somebody reads it is in the audit log before the first byte leaves; if that cannot be
 * written, none does.
 */
export async function downloadEvidence({ ctx, input }: Call<{ id: number } & Conditions>): Promise<Download> {
  authorize(ctx.actor, 'incident.read');
  const file = await getEvidence({ ctx, input });
  const etag = `"${file.sha256}"`;
  if (isUnchanged(input, { ...file, etag })) return { file, etag, range: null, body: null };
  const range = rangeOf(input, { ...file, etag });
  const object = await ctx.evidence.get(file.key, range ? { range } : {});
  if (!object) {
    log.error('a file is lost', { evidence: file.id, key: file.key });
    throw new NotFoundError('file in the store');
  }
  try {
    const after = { filename: file.filename, sha256: file.sha256, range: range && contentRange(range, file.size) };
    await auditEvent(ctx, { action: 'evidence.download', target: evidenceTarget(file), after });
  } catch (error) {
    await object.body.cancel();
    throw error;
  }
  return { file, etag, range, body: object.body };
}
