const OWED = "id IN (SELECT value FROM json_each(?1)) AND alert_state = 'pending'";

const ALERTS = `INSERT INTO alerts (event_id, severity, status, event_count, first_seen, last_seen, dedup_key, created_at,
    version)
  SELECT id, severity, 'open', 1, timestamp, timestamp, dedup_key, ?2, 1 FROM events WHERE ${OWED} ORDER BY id`;

// Alerts have no index on their event: those of this batch are the newest.
const NEWEST = '(SELECT id AS alert_id, event_id FROM alerts ORDER BY id DESC LIMIT json_array_length(?1)) AS newest';

const AUDIT = `INSERT INTO audit_rows (timestamp, actor, action, target, after, request_id)
  SELECT ?2, 'system:queue', 'alert.raise', 'alerts',
    json_object('alerts', (SELECT json_group_array(newest.alert_id) FROM ${NEWEST} CROSS JOIN events
      WHERE events.id = newest.event_id AND ${OWED})), ?3
  WHERE changes() > 0`;

const MARK = `UPDATE events SET alert_state = 'done', alert_id = newest.alert_id FROM ${NEWEST}
  WHERE events.id = newest.event_id AND ${OWED}`;

type Message = { event_ids: number[] };

/** Raises what a delivery owes in one batch: the alerts, the audit row that lists them, and the marks of the events. */
export async function raise(batch: MessageBatch<unknown>, db: D1Database): Promise<void> {
  const ids = JSON.stringify(batch.messages.flatMap(({ body }) => (body as Message).event_ids));
  const now = Date.now();
  await db.batch([
    db.prepare(ALERTS).bind(ids, now),
    db.prepare(AUDIT).bind(ids, now, crypto.randomUUID()),
    db.prepare(MARK).bind(ids),
  ]);
}
