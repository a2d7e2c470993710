import { and, eq } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Evidence } from './contract.ts';
import { tryToDropEvidence } from './drop-evidence.ts';
import { safeFilename } from './filename.ts';
import { evidenceTarget, hasIncident } from './get-evidence.ts';
import type { Upload } from './read-upload.ts';
import { reserveEvidence } from './reserve-evidence.ts';
import { storeFile } from './store-file.ts';
import { evidence } from './table.ts';

/**
 * Adds a file to an incident: its row first, then its bytes into R2 as they come, then the row says that it is there. A
 * file that is refused or breaks off leaves nothing. When the last step fails nobody knows whether it was done, so
 * nothing is removed here: cron cleans a row that stays `uploading`.
 */
export async function addEvidence({ ctx, input }: Call<Upload & { id: number }>): Promise<Evidence> {
  authorize(ctx.actor, 'evidence.add');
  const { id: incidentId, reserved, bytes } = input;
  const filename = safeFilename(input.filename);
  const row = await reserveEvidence(ctx, { incidentId, filename, reserved });
  const file = await storeFile(ctx.evidence, { key: row.key, filename, bytes, maxBytes: reserved }).catch(
    async (error) => {
      await tryToDropEvidence(ctx, row);
      throw error;
    },
  );
  const stored = await markStored(ctx, { ...row, ...file });
  if (stored) return stored;
  await tryToDropEvidence(ctx, row);
  throw new NotFoundError('incident');
}

/** Nothing when the incident was deleted while the file came in, or cron gave the upload up. */
async function markStored(ctx: Context, row: Evidence): Promise<Evidence | undefined> {
  const { id, filename, size, sha256, mediaType } = row;
  const after = { filename, size, sha256, media_type: mediaType };
  const [[stored]] = await ctx.db.batch([
    ctx.db
      .update(evidence)
      .set({ state: 'stored', stateSince: ctx.clock(), size, sha256, mediaType })
      .where(and(eq(evidence.id, id), eq(evidence.state, 'uploading'), hasIncident))
      .returning(),
    auditInsert(ctx, { action: 'evidence.add', target: evidenceTarget(row), after }),
  ]);
  return stored;
}
