import { readdir, readFile } from 'node:fs/promises';

const EVENTS_AT_ONCE = 100_000;
const INCIDENTS = 2_000;
const ORIGIN = '{"country":null,"asn":null,"colo":null}';

/** Whoever asks in the benchmark: the first person and their first session. */
export const PERSON = { sub: '1', username: 'bench', role: 'admin', sid: 1 };

/** Makes the tables and fills them: the peers' data, row for row, and 2,000 incidents. */
export async function fill(db: D1Database, rows: number): Promise<void> {
  for (const statement of await migrations()) await db.prepare(statement).run();
  await db.batch([...person(), incidents()].map((sql) => db.prepare(sql)));
  const start = Date.now() - rows * 100;
  for (let from = 0; from < rows; from += EVENTS_AT_ONCE) {
    const to = Math.min(from + EVENTS_AT_ONCE, rows);
    await db.batch([events({ from, to, start }), alerts({ from, to })].map((sql) => db.prepare(sql)));
  }
}

/** The SQL of all migrations, to tell one state of the tables from another. */
export async function migrations(): Promise<string[]> {
  const files = (await readdir('migrations')).filter((name) => name.endsWith('.sql')).sort();
  const texts = await Promise.all(files.map((name) => readFile(`migrations/${name}`, 'utf8')));
  return texts.flatMap((text) => text.split('--> statement-breakpoint'));
}

function person(): string[] {
  const { sub, username, role, sid } = PERSON;
  const year = 365 * 86_400_000;
  return [
    `INSERT INTO users (id, username, password_hash, role, created_at)
     VALUES (${sub}, '${username}', 'none', '${role}', ${Date.now()})`,
    `INSERT INTO sessions (id, user_id, family_hash, secret_hash, created_at, refreshed_at, expires_at)
     VALUES (${sid}, ${sub}, 'none', 'none', ${Date.now()}, ${Date.now()}, ${Date.now() + year})`,
  ];
}

function incidents(): string {
  return `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${INCIDENTS})
    INSERT INTO incidents (title, description, service, severity, status, owner, tags, created_at, updated_at)
    SELECT 'Outage ' || i || ' of host-' || (i % 40) || '.example', 'Seen by sensor-' || (i % 500) || ' and its neighbours.',
      'service-' || (i % 30), 'sev' || (1 + i % 4), 'open', 'bench', '["outage","team-' || (i % 7) || '"]',
      ${Date.now()} + i, ${Date.now()} + i
    FROM n`;
}

type Part = { from: number; to: number };

function events({ from, to, start }: Part & { start: number }): string {
  return `WITH RECURSIVE n (i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to - 1})
    INSERT INTO events (id, timestamp, source, event_type, severity, description, attributes, submitted_by, request_id,
      origin, alert_state, alert_id)
    SELECT i + 1, ${start} + i * 100, 'sensor-' || ((i * 7919) % 500),
      CASE i % 3 WHEN 0 THEN 'intrusion' WHEN 1 THEN 'malware' ELSE 'anomaly' END,
      CASE WHEN i % 20 < 10 THEN 'low' WHEN i % 20 < 16 THEN 'medium' WHEN i % 20 < 19 THEN 'high' ELSE 'critical' END,
      'Multiple failed logins from 203.0.113.' || (i % 250) || ' on host web-' || (i % 40) || '; user=alice; attempts=' ||
        (i % 90) || '; rule=R-' || (i % 1000),
      '{}', 'user:bench', 'bench', '${ORIGIN}', iif(i % 20 < 16, NULL, 'done'),
      iif(i % 20 < 16, NULL, i / 20 * 4 + i % 20 - 15)
    FROM n`;
}

/** Of ten alerts six are open, two acknowledged and two resolved. */
function alerts({ from, to }: Part): string {
  return `INSERT INTO alerts (id, event_id, severity, status, first_seen, last_seen, created_at)
    SELECT alert_id, id, severity,
      CASE WHEN id / 20 % 10 < 6 THEN 'open' WHEN id / 20 % 10 < 8 THEN 'acknowledged' ELSE 'resolved' END,
      timestamp, timestamp, timestamp
    FROM events WHERE id > ${from} AND id <= ${to} AND alert_id IS NOT NULL ORDER BY id`;
}
