import { Link } from '@tanstack/react-router';
import { CountTable } from '../kit/count-table.tsx';
import { Panel } from '../kit/panel.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { SEVERITIES_OF, type Summary } from '../reports/report-queries.ts';
import { AGES, ageTimes } from './ages.ts';

type Severity = (typeof SEVERITIES_OF.alerts)[number];

/** How long open alerts have been waiting. */
export function AgeingPanel({ summary, className }: { summary: Summary; className: string }) {
  return (
    <Panel title="Age of open alerts" className={className}>
      <CountTable
        label="Open alerts by age and severity"
        corner="Raised"
        columns={SEVERITIES_OF.alerts.map((severity) => ({
          key: severity,
          head: <SeverityBadge severity={severity} />,
        }))}
        rows={AGES.map(({ age, label }) => ({ key: age, head: label }))}
        cell={(row, column) => <Aged summary={summary} age={row} severity={column as Severity} />}
      />
    </Panel>
  );
}

function Aged({ summary, age, severity }: { summary: Summary; age: string; severity: Severity }) {
  const known = AGES.find((one) => one.age === age) ?? AGES[0];
  const count = summary.ageing.open[severity][known.age];
  if (count === 0) return <span className="text-muted">0</span>;
  return (
    <Link
      to="/alerts"
      search={{ status: 'open', severity, ...ageTimes(known, summary.as_of) }}
      aria-label={`${count.toLocaleString('en')} ${severity}, raised ${known.label}`}
      className="rounded font-medium text-accent hover:underline"
    >
      {count.toLocaleString('en')}
    </Link>
  );
}
