import { type Told, tell } from '../../src/notifications/told.ts';

const AT = '2026-11-21T09:30:00.000Z';

const ALERT = {
  ...{ id: 12, severity: 'critical', status: 'open', verdict: null, source: 'fw-1', event_type: 'scan' },
  ...{ description: 'Port scan detected', dedup_key: 'k', event_count: 3, first_seen: AT, last_seen: AT },
  ...{ assignee: 'ana', acknowledged_by: null, resolved_by: null },
};

type Changes = { kind?: Told['kind']; alert?: Partial<Record<keyof typeof ALERT, unknown>>; more?: object };

/** A notification of an alert in words, with some of what it knows changed. */
export function told({ kind = 'alert.raised', alert = {}, more = {} }: Changes = {}): Told {
  const url = 'https://edgewatch.example.com/alerts/12';
  return tell(
    { kind, subject: 'alert:12', payload: { kind, at: AT, url, alert: { ...ALERT, ...alert }, ...more } },
    null,
  );
}

/** A notification of a silence that ended. */
export function toldOfSilence(): Told {
  const silence = { id: 3, reason: 'Patch day', suppressed_count: 7, starts_at: AT, ends_at: AT, ended_by: null };
  const kind = 'silence.ended';
  return tell({ kind, subject: 'silence:3', payload: { kind, at: AT, url: null, silence } }, null);
}

/** Text that means something to one medium or another. */
export const NASTY = [
  '<!channel> <@U123> <https://evil.example|click> & &lt;',
  '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>',
  '[click](https://evil.example) **bold** <at>all</at>',
  'x\r\nBcc: victim@example.com\r\n\r\nbody',
];

/** The longest that contracts let through, in letters of three bytes. */
export const LONG = { source: '界'.repeat(200), event_type: '界'.repeat(200), description: '界\n'.repeat(2_000) };
