import { time } from './events.ts';

type IncidentRow = {
  id: number;
  title: string;
  description: string;
  service: string;
  severity: string;
  status: string;
  owner: string;
  assignee: string | null;
  tags: string;
  created_at: number;
  updated_at: number;
  mitigated_at: number | null;
  resolved_at: number | null;
  archived_at: number | null;
  deleted_at: number | null;
  version: number;
};

const FOUND = `SELECT i.* FROM incidents_search CROSS JOIN incidents i ON i.id = incidents_search.rowid
  WHERE incidents_search MATCH ? AND i.shelf = 'active' ORDER BY incidents_search.rowid DESC LIMIT ?`;

export async function searchIncidents(db: D1Database, query: URLSearchParams): Promise<Response> {
  const limit = Number(query.get('limit'));
  const phrase = `"${query.get('search')?.replaceAll('"', '""')}"`;
  const { results } = await db
    .prepare(FOUND)
    .bind(phrase, limit + 1)
    .all<IncidentRow>();
  const rows = results.slice(0, limit);
  const next = results.length > limit ? String(rows.at(-1)?.id) : null;
  return Response.json({ data: rows.map(view), next_cursor: next, page: null, limit, total: null, total_exact: null });
}

function view(row: IncidentRow) {
  const { id, title, description, service, severity, status, owner, assignee, version } = row;
  return {
    id,
    title,
    description,
    service,
    severity,
    status,
    owner,
    assignee,
    version,
    tags: JSON.parse(row.tags),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
    mitigated_at: time(row.mitigated_at),
    resolved_at: time(row.resolved_at),
    archived_at: time(row.archived_at),
    deleted_at: time(row.deleted_at),
  };
}
