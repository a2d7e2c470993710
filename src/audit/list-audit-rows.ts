import type { Call } from '../core/context.ts';
import type { Page } from '../db/page.ts';
import { authorize } from '../identity/permissions.ts';
import type { AuditQuery } from './contract.ts';
import type { StoredRow } from './digest.ts';
import { readAuditPage } from './read-audit-page.ts';

/** A page of the audit log, newest first unless asked otherwise. */
export async function listAuditRows({ ctx, input }: Call<AuditQuery>): Promise<Page<StoredRow>> {
  authorize(ctx.actor, 'audit.read');
  return readAuditPage(ctx.db, input);
}
