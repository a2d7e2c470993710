import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { limitBody, readText } from '../http/body.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { csvBody, IMPORT_COLUMNS, importResult, MAX_IMPORT_BYTES } from './import-contract.ts';
import { importIncidents } from './import-incidents.ts';

const importRoute = createRoute({
  method: 'post',
  path: '/incidents/import',
  tags: ['Incidents'],
  summary: 'Import incidents from CSV',
  description:
    'Opens an incident for each good row and names the others in `rejected`; 400 when none is good: then nothing is ' +
    'stored. Who imports them owns them. The file is CSV by RFC 4180 in UTF-8, with or without a byte order mark, of at ' +
    `most 1,000 rows and 1 MB. Its header names, in any order, columns out of ${IMPORT_COLUMNS.join(', ')}; title is ` +
    'required. The other columns of an export are passed over, so that an export can be imported; any other is 400. An ' +
    'empty cell is as if its column were not there, tags are separated by semicolons or commas, and the apostrophe that ' +
    'an export puts before a formula is taken off.',
  operationId: 'importIncidents',
  ...guard('incident.create'),
  request: { body: csvBody },
  responses: { 200: json(importResult, 'What became of the rows.'), ...problems(400, 401, 403, 413, 415, 503) },
});

const router = newRouter();
router.use('/incidents/import', limitBody(MAX_IMPORT_BYTES));

export const incidentImportRoutes = router.openapi(importRoute, async (c) => {
  const input = await readText(c.req, 'text/csv');
  return c.json(await importIncidents({ ctx: contextOf(c), input }), 200);
});
