import { createRoute, z } from '@hono/zod-openapi';
import { answerAttachment, attachment } from '../http/attachment.ts';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  auditExportQuery,
  auditPage,
  auditQuery,
  verificationView,
  verifyQuery,
  viewAuditRow,
  viewVerification,
} from './contract.ts';
import { exportAuditRows } from './export-audit-rows.ts';
import { exportAuditSeals } from './export-audit-seals.ts';
import { listAuditRows } from './list-audit-rows.ts';
import { verifyAuditLog } from './verify-audit-log.ts';

const tags = ['Audit log'];

const listRoute = createRoute({
  method: 'get',
  path: '/auditlogs',
  tags,
  summary: 'List audit rows',
  description:
    'Who did what to which thing, newest first. Rows are only ever added. Filters look at 5,000 rows a page at most, ' +
    'so a page by cursor may be short: go on with `next_cursor`.',
  operationId: 'listAuditRows',
  ...guard('audit.read'),
  request: { query: auditQuery },
  responses: { 200: json(auditPage, 'A page of audit rows.'), ...problems(400, 401, 403, 503) },
});

const exportRoute = createRoute({
  method: 'get',
  path: '/auditlogs/export',
  tags,
  summary: 'Export audit rows',
  description:
    'All rows that match, oldest first, up to the row that this export writes itself. NDJSON has a row a line as the ' +
    'list shows it, and `before_stored` or `after_stored` where the stored JSON is spelled differently; without a ' +
    'filter it can be verified offline. In CSV a cell that a spreadsheet would run as a formula starts with an apostrophe.',
  operationId: 'exportAuditRows',
  ...guard('audit.read'),
  request: { query: auditExportQuery },
  responses: {
    200: attachment('The rows, streamed.', ['ndjson', 'csv']),
    ...problems(400, 401, 403, 503),
  },
});

const sealsRoute = createRoute({
  method: 'get',
  path: '/auditlogs/seals',
  tags,
  summary: 'Export the signed seals',
  description:
    'One seal a line, oldest first. Every five minutes the rows since the last seal are sealed: each seal holds a hash ' +
    'of each row, a digest of them all and the digest of the seal before it, signed with Ed25519.',
  operationId: 'exportAuditSeals',
  ...guard('audit.read'),
  request: { query: z.strictObject({}) },
  responses: {
    200: attachment('The seals, streamed.', ['ndjson']),
    ...problems(400, 401, 403, 503),
  },
});

const verifyRoute = createRoute({
  method: 'get',
  path: '/auditlogs/verify',
  tags,
  summary: 'Verify the audit log',
  description:
    'Compares the rows with their signed seals and names each row that was changed, removed, inserted or reordered, ' +
    'and each seal that was removed or replaced. Looks at about 20,000 rows; go on with `next_from` until it is null.',
  operationId: 'verifyAuditLog',
  ...guard('audit.read'),
  request: { query: verifyQuery },
  responses: { 200: json(verificationView, 'What was found.'), ...problems(400, 401, 403, 503) },
});

export const auditRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listAuditRows({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewAuditRow }), 200);
  })
  .openapi(exportRoute, async (c) => {
    const input = c.req.valid('query');
    const parts = await exportAuditRows({ ctx: contextOf(c), input });
    return answerAttachment(c, { name: 'audit-log', format: input.format, parts });
  })
  .openapi(sealsRoute, async (c) => {
    const parts = await exportAuditSeals({ ctx: contextOf(c) });
    return answerAttachment(c, { name: 'audit-seals', format: 'ndjson', parts });
  })
  .openapi(verifyRoute, async (c) =>
    c.json(viewVerification(await verifyAuditLog({ ctx: contextOf(c), input: c.req.valid('query') })), 200),
  );
