import type { z } from '@hono/zod-openapi';
import { exportQueryOf } from '../http/export-query.ts';
import { linesOf } from '../http/export-text.ts';
import { viewIncident } from './contract.ts';
import { checkIncidentQuery, incidentQuery } from './list-contract.ts';

export const incidentExportQuery = exportQueryOf(incidentQuery).superRefine(checkIncidentQuery);

export type IncidentExportQuery = z.output<typeof incidentExportQuery>;

export const INCIDENT_COLUMNS = [
  'id',
  'title',
  'description',
  'service',
  'severity',
  'status',
  'owner',
  'assignee',
  'tags',
  'created_at',
  'updated_at',
  'mitigated_at',
  'resolved_at',
  'archived_at',
  'deleted_at',
  'version',
] as const;

/** How incidents become the lines of a file. */
export function incidentLines(format: IncidentExportQuery['format']) {
  return linesOf({
    format,
    view: viewIncident,
    columns: INCIDENT_COLUMNS,
    flatten: ({ tags, ...incident }) => ({ ...incident, tags: tags.join(';') }),
  });
}
