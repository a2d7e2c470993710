import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { addEvidence } from './add-evidence.ts';
import { answerDownload } from './answer-download.ts';
import {
  custodyPage,
  custodyQuery,
  evidencePage,
  evidenceQuery,
  evidenceView,
  uploadQuery,
  viewCustody,
  viewEvidence,
} from './contract.ts';
import { deleteEvidence } from './delete-evidence.ts';
import { downloadEvidence } from './download-evidence.ts';
import { downloadHeaders, downloadResponses, uploadBody } from './file-openapi.ts';
import { getEvidence } from './get-evidence.ts';
import { listCustody } from './list-custody.ts';
import { listEvidence } from './list-evidence.ts';
import { readUpload } from './read-upload.ts';

const tags = ['Evidence'];

const addRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/evidence',
  tags,
  summary: 'Add a file to an incident',
  description:
    'The body is the file, with its name in `filename`; or a form (`multipart/form-data`) with the file in the field ' +
    '`file` and nothing else. At most `EVIDENCE_MAX_BYTES` (25 MiB), not empty. 413 also when the files of the ' +
    'incident (1 GiB) or of the person (5 GiB) would become too many; `detail` says which. The type is found by the ' +
    'bytes; when the extension of the name claims another one, `png` for what is HTML, it is 415. What is refused ' +
    'leaves nothing behind.',
  operationId: 'addEvidence',
  ...guard('evidence.add'),
  request: { params: idParams, query: uploadQuery, body: uploadBody },
  responses: {
    201: {
      ...json(evidenceView, 'The file is stored.'),
      headers: { Location: { description: 'Where it is.', schema: { type: 'string' as const } } },
    },
    ...problems(400, 401, 403, 404, 413, 415, 503),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/incidents/{id}/evidence',
  tags,
  summary: 'List the files of an incident',
  description: 'Newest first.',
  operationId: 'listEvidence',
  ...guard('incident.read'),
  request: { params: idParams, query: evidenceQuery },
  responses: { 200: json(evidencePage, 'A page of files.'), ...problems(400, 401, 403, 404, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/evidence/{id}',
  tags,
  summary: 'Get what is known of a file',
  operationId: 'getEvidence',
  ...guard('incident.read'),
  request: { params: idParams },
  responses: { 200: json(evidenceView, 'The file.'), ...problems(400, 401, 403, 404, 503) },
});

const contentRoute = createRoute({
  method: 'get',
  path: '/evidence/{id}/content',
  tags,
  summary: 'Download a file',
  description:
    'Always an attachment. Every download is written into the audit log before its first byte is sent. One `Range` is ' +
    'served; several are answered with the whole file. 404 also when the bytes are lost, which our log then knows.',
  operationId: 'downloadEvidence',
  ...guard('incident.read'),
  request: { params: idParams, headers: downloadHeaders },
  responses: { ...downloadResponses, ...problems(400, 401, 403, 404, 416, 503) },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/evidence/{id}',
  tags,
  summary: 'Delete a file',
  description: 'By who uploaded it, or an admin; for good. The audit log keeps that it was there.',
  operationId: 'deleteEvidence',
  ...guard('evidence.delete'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 503) },
});

const custodyRoute = createRoute({
  method: 'get',
  path: '/evidence/{id}/custody',
  tags,
  summary: 'List who uploaded and downloaded a file',
  description: 'Oldest first. Of a deleted file the audit log and the timeline of its incident know.',
  operationId: 'listCustody',
  ...guard('incident.read'),
  request: { params: idParams, query: custodyQuery },
  responses: { 200: json(custodyPage, 'A page of its history.'), ...problems(400, 401, 403, 404, 503) },
});

export const evidenceRoutes = newRouter()
  .openapi(addRoute, async (c) => {
    const ctx = contextOf(c);
    const { maxBytes } = ctx.settings.evidence;
    const upload = await readUpload(c.req.raw, { ...c.req.valid('query'), maxBytes });
    const file = await addEvidence({ ctx, input: { ...upload, ...c.req.valid('param') } });
    return c.json(viewEvidence(file), 201, { Location: `/api/v1/evidence/${file.id}` });
  })
  .openapi(listRoute, async (c) => {
    const input = { ...c.req.valid('query'), ...c.req.valid('param') };
    const found = await listEvidence({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewEvidence }), 200);
  })
  .openapi(getRoute, async (c) =>
    c.json(viewEvidence(await getEvidence({ ctx: contextOf(c), input: c.req.valid('param') })), 200),
  )
  .openapi(contentRoute, async (c) => {
    const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = c.req.valid('header');
    const input = { ...c.req.valid('param'), range, ifRange, ifNoneMatch };
    return answerDownload(c, await downloadEvidence({ ctx: contextOf(c), input }));
  })
  .openapi(deleteRoute, async (c) => {
    await deleteEvidence({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  })
  .openapi(custodyRoute, async (c) => {
    const input = { ...c.req.valid('query'), ...c.req.valid('param') };
    const found = await listCustody({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewCustody }), 200);
  });
