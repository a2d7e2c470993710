const START = 1_760_000_000_000;

/** When the event of this id was taken in, as `fillEvents` stores it. */
export function timeOf(id: number): string {
  return new Date(START + id * 1000).toISOString();
}

/** SQL that stores events of a second each, with these ids and so many bytes of attributes. */
export function fillEvents({ from, to, bytes = 20 }: { from: number; to: number; bytes?: number }): string {
  return `WITH RECURSIVE n (i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
    INSERT INTO events (id, timestamp, source, event_type, severity, description, attributes, submitted_by, request_id,
      origin)
    SELECT i, ${START} + i * 1000, 'sensor-' || (i % 50), iif(i % 3, 'scan', 'login'),
      iif(i % 4, 'low', 'medium'), 'Port scan of host ' || i, json_object('x', printf('%.*c', ${bytes}, 'x')),
      'sensor:1', 'r' || i, '{"country":"DE","asn":3320,"colo":"FRA"}' FROM n`;
}
