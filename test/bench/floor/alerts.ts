import { type EventRow, time, viewEvent } from './events.ts';

type AlertRow = EventRow & {
  a_id: number;
  a_severity: string;
  status: string;
  verdict: string | null;
  assignee: string | null;
  event_count: number;
  first_seen: number;
  last_seen: number;
  a_dedup_key: string | null;
  previous_id: number | null;
  recurrences: number;
  incident_id: number | null;
  created_at: number;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  resolved_at: number | null;
  resolved_by: string | null;
  acknowledge_by: number | null;
  acknowledge_breached_at: number | null;
  resolve_by: number | null;
  resolve_breached_at: number | null;
  version: number;
};

// One row more than the page holds, to know whether there is another.
const PAGE = `SELECT a.id a_id, a.severity a_severity, a.status, a.verdict, a.assignee, a.event_count, a.first_seen,
    a.last_seen, a.dedup_key a_dedup_key, a.previous_id, a.recurrences, a.incident_id, a.created_at, a.acknowledged_at,
    a.acknowledged_by, a.resolved_at, a.resolved_by, a.acknowledge_by, a.acknowledge_breached_at, a.resolve_by,
    a.resolve_breached_at, a.version, e.id, e.timestamp, e.source, e.event_type, e.severity, e.description, e.occurred_at,
    e.attributes, e.dedup_key, e.external_id, e.sensor_id, e.origin, e.alert_id, e.silence_id
  FROM alerts a CROSS JOIN events e ON e.id = a.event_id
  WHERE a.status = ? AND a.severity = ? ORDER BY a.id DESC LIMIT ?`;

export async function listAlerts(db: D1Database, query: URLSearchParams): Promise<Response> {
  const limit = Number(query.get('limit'));
  const statement = db.prepare(PAGE).bind(query.get('status'), query.get('severity'), limit + 1);
  const { results } = await statement.all<AlertRow>();
  const rows = results.slice(0, limit);
  const next = results.length > limit ? String(rows.at(-1)?.a_id) : null;
  return Response.json({ data: rows.map(view), next_cursor: next, page: null, limit, total: null, total_exact: null });
}

function view(row: AlertRow) {
  const { status, verdict, assignee, event_count, previous_id, recurrences, incident_id } = row;
  return {
    status,
    verdict,
    assignee,
    event_count,
    previous_id,
    recurrences,
    incident_id,
    acknowledged_by: row.acknowledged_by,
    resolved_by: row.resolved_by,
    version: row.version,
    flapping: recurrences >= 3,
    acknowledge_by: time(row.acknowledge_by),
    acknowledge_breached: row.acknowledge_breached_at !== null,
    resolve_by: time(row.resolve_by),
    resolve_breached: row.resolve_breached_at !== null,
    id: row.a_id,
    event: viewEvent(row),
    severity: row.a_severity,
    dedup_key: row.a_dedup_key,
    first_seen: time(row.first_seen),
    last_seen: time(row.last_seen),
    created_at: time(row.created_at),
    acknowledged_at: time(row.acknowledged_at),
    resolved_at: time(row.resolved_at),
  };
}
