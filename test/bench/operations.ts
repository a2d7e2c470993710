/** A request of the benchmark. Every side is asked for the same thing in its own words. */
export type Asked = { method: 'GET' | 'POST'; path: string; body?: string };

export type Dialect = 'edgewatch' | 'peer';

export type Operation = {
  name: string;
  /** Events that one request stores. */
  events: number;
  /** Whether it leaves work for the queue, which is waited for and counted. */
  alerting: boolean;
  /** Timed only when asked for; what it costs is counted in any case. */
  rare?: boolean;
  /** The next request; the same sequence for every side. Nothing when a dialect has no such thing. */
  asking: (dialect: Dialect, rows: number) => (() => Asked) | undefined;
};

const TYPES = ['intrusion', 'malware', 'anomaly'];
const STATUSES = ['open', 'acknowledged', 'resolved'];
const PEER_STATUS: Record<string, string> = { open: 'OPEN', acknowledged: 'ACK', resolved: 'RESOLVED' };

export const OPERATIONS: Operation[] = [
  single('post-low', 'low'),
  single('post-high', 'high'),
  batchOf(100),
  { ...batchOf(500), rare: true },
  batchOf(1000),
  {
    name: 'detail',
    events: 0,
    alerting: false,
    asking: (dialect, rows) => {
      const random = numbers();
      const [path, end] = dialect === 'peer' ? ['/api/events/', '/'] : ['/api/v1/events/', ''];
      return () => ({ method: 'GET', path: `${path}${1 + (random() % rows)}${end}` });
    },
  },
  {
    name: 'alerts',
    events: 0,
    alerting: false,
    asking: (dialect) => {
      const random = numbers();
      return () => {
        const severity = random() % 2 ? 'high' : 'critical';
        const status = STATUSES[random() % 3] ?? 'open';
        const path =
          dialect === 'peer'
            ? `/api/alerts/?event__severity=${severity.toUpperCase()}&status=${PEER_STATUS[status]}`
            : `/api/v1/alerts?severity=${severity}&status=${status}&limit=50`;
        return { method: 'GET', path };
      };
    },
  },
  {
    name: 'search',
    events: 0,
    alerting: false,
    asking: (dialect) => {
      if (dialect === 'peer') return undefined;
      const random = numbers();
      return () => ({ method: 'GET', path: `/api/v1/incidents?search=host-${random() % 40}.example&limit=20` });
    },
  },
];

/** Numbers that look random and are the same each time (a linear congruential generator). */
function numbers(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

function single(name: string, severity: string): Operation {
  const asking = (dialect: Dialect) => {
    let n = 0;
    return (): Asked => ({
      method: 'POST',
      path: postPath(dialect),
      body: JSON.stringify(event(dialect, ++n, severity)),
    });
  };
  return { name, events: 1, alerting: severity === 'high', asking };
}

/** Batches with 20 % High and Critical; the same body each time. */
function batchOf(count: number): Operation {
  const asking = (dialect: Dialect) => {
    const body = JSON.stringify(Array.from({ length: count }, (_, n) => event(dialect, n, severityOf(n))));
    const path = dialect === 'peer' ? '/api/events/bulk/' : '/api/v1/events/batch';
    return (): Asked => ({ method: 'POST', path, body });
  };
  return { name: `batch-${count}`, events: count, alerting: true, asking };
}

const postPath = (dialect: Dialect) => (dialect === 'peer' ? '/api/events/' : '/api/v1/events');

const severityOf = (n: number) => (n % 20 < 10 ? 'low' : n % 20 < 16 ? 'medium' : n % 20 < 19 ? 'high' : 'critical');

function event(dialect: Dialect, n: number, severity: string) {
  const source = `sensor-${n % 500}`;
  const description =
    `Multiple failed logins from 203.0.113.${n % 250} on host web-${n % 40}; ` +
    `user=alice; attempts=${n % 90}; rule=R-${n % 1000}`;
  const rest = { event_type: TYPES[n % 3], description };
  return dialect === 'peer'
    ? { source_name: source, severity: severity.toUpperCase(), ...rest }
    : { source, severity, ...rest };
}
