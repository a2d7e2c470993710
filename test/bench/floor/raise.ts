const OWED = "id IN (SELECT value FROM json_each(?1)) AND alert_state = 'pending'";

const ALERTS = `INSERT INTO alerts (event_id, severity, status, event_count, first_seen, last_seen, dedup_key, created_at,
    version)
  SELECT id, severity, 'open', 1, timestamp, timestamp, dedup_key, ?2, 1 FROM events WHERE ${OWED} ORDER BY id
  ON CONFLICT DO NOTHING`;

const AUDIT = `INSERT INTO audit_rows (timestamp, actor, action, target, after, request_id)
  SELECT ?2, 'system:queue', 'alert.raise', 'alerts',
    json_object('alerts', (SELECT json_group_array(alerts.id) FROM events JOIN alerts ON alerts.event_id = events.id
      WHERE events.${OWED})), ?3
  WHERE changes() > 0`;

const MARK = `UPDATE events SET alert_state = 'done',
    alert_id = (SELECT alerts.id FROM alerts WHERE alerts.event_id = events.id)
  WHERE ${OWED}`;

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
