import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { auditEvent } from './audit.ts';
import { readStatement, statementRanges } from './statement-store.ts';

/** The signed seals, oldest first, one a line as they were signed: what the offline verifier asks for. */
export async function exportAuditSeals({ ctx }: Pick<Call<never>, 'ctx'>): Promise<AsyncGenerator<string>> {
  authorize(ctx.actor, 'audit.read');
  await auditEvent(ctx, { action: 'audit.export', target: 'audit_seals', after: { format: 'ndjson' } });
  return statements(ctx);
}

async function* statements(ctx: Context): AsyncGenerator<string> {
  for await (const range of statementRanges(ctx, 1)) {
    const text = await readStatement(ctx, range);
    if (text) yield `${text}\n`;
  }
}
