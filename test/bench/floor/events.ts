export type EventRow = {
  id: number;
  timestamp: number;
  source: string;
  event_type: string;
  severity: string;
  description: string;
  occurred_at: number | null;
  attributes: string;
  dedup_key: string | null;
  external_id: string | null;
  sensor_id: number | null;
  origin: string;
  alert_id: number | null;
  silence_id: number | null;
};

type Sent = { source: string; event_type: string; severity: string; description: string };
type Post = { env: Env; execution: ExecutionContext };

const ORIGIN = { country: null, asn: null, colo: null };
const BY = 'user:bench';

const INSERT = `INSERT INTO events (timestamp, source, event_type, severity, description, attributes, submitted_by,
    request_id, origin, alert_state)
  VALUES (?, ?, ?, ?, ?, '{}', ?, ?, ?, ?) RETURNING id`;

const INSERT_MANY = `INSERT INTO events (timestamp, source, event_type, severity, description, attributes, submitted_by,
    request_id, origin, alert_state)
  SELECT ?1, value ->> 'source', value ->> 'event_type', value ->> 'severity', value ->> 'description', '{}', ?2, ?3, ?4,
    iif(value ->> 'severity' IN ('high', 'critical'), 'pending', NULL)
  FROM json_each(?5) WHERE true RETURNING id, alert_state`;

export async function postEvent({ env, execution, event }: Post & { event: unknown }): Promise<Response> {
  if (!isEvent(event)) return bad();
  const now = Date.now();
  const { source, event_type, severity, description } = event;
  const owes = severity === 'high' || severity === 'critical';
  const values = [now, source, event_type, severity, description, BY, crypto.randomUUID(), JSON.stringify(ORIGIN)];
  const id = await env.DB.prepare(INSERT)
    .bind(...values, owes ? 'pending' : null)
    .first<number>('id');
  if (owes) execution.waitUntil(env.ALERT_QUEUE.send({ event_ids: [id] }));
  const nothing = {
    occurred_at: null,
    attributes: {},
    dedup_key: null,
    external_id: null,
    sensor_id: null,
    alert_id: null,
    silence_id: null,
  };
  const timestamp = new Date(now).toISOString();
  const view = { id, source, event_type, severity, description, timestamp, ...nothing, origin: ORIGIN };
  return Response.json(view, { status: 201, headers: { Location: `/api/v1/events/${id}` } });
}

export async function postBatch({ env, execution, events }: Post & { events: unknown }): Promise<Response> {
  if (!Array.isArray(events) || events.length === 0 || events.length > 1000) return bad();
  const good = events.filter(isEvent);
  const values = [Date.now(), BY, crypto.randomUUID(), JSON.stringify(ORIGIN), JSON.stringify(good)];
  const { results } = await env.DB.prepare(INSERT_MANY)
    .bind(...values)
    .all<{ id: number; alert_state: string | null }>();
  const ids = results.filter((row) => row.alert_state).map((row) => row.id);
  if (ids.length > 0) execution.waitUntil(env.ALERT_QUEUE.send({ event_ids: ids }));
  const rejected = events.flatMap((event, index) => (isEvent(event) ? [] : [{ index }]));
  return Response.json({ accepted: results.length, duplicates: good.length - results.length, rejected });
}

export async function getEvent(db: D1Database, id: number): Promise<Response> {
  const row = await db.prepare('SELECT * FROM events WHERE id = ?').bind(id).first<EventRow>();
  return row ? Response.json(viewEvent(row)) : Response.json({ status: 404 }, { status: 404 });
}

export function viewEvent(row: EventRow) {
  const { id, source, event_type, severity, description, dedup_key, external_id, sensor_id } = row;
  return {
    id,
    source,
    event_type,
    severity,
    description,
    dedup_key,
    external_id,
    sensor_id,
    alert_id: row.alert_id,
    silence_id: row.silence_id,
    timestamp: time(row.timestamp),
    occurred_at: time(row.occurred_at),
    attributes: JSON.parse(row.attributes),
    origin: JSON.parse(row.origin),
  };
}

export function time(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function isEvent(value: unknown): value is Sent {
  if (typeof value !== 'object' || value === null) return false;
  const { source, event_type, severity, description } = value as Record<string, unknown>;
  return (
    (severity === 'low' || severity === 'medium' || severity === 'high' || severity === 'critical') &&
    isText(source, 200) &&
    isText(event_type, 100) &&
    typeof description === 'string' &&
    description.length <= 4000
  );
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most;
}

function bad(): Response {
  return Response.json({ status: 400 }, { status: 400 });
}
