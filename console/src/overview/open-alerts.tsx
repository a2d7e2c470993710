import { Link } from '@tanstack/react-router';
import { Panel } from '../kit/panel.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { SEVERITIES_OF, type Summary } from '../reports/report-queries.ts';

type Props = { ageing: Summary['ageing']; className: string };

/** How many alerts wait for somebody, and how many are being worked on, by severity. */
export function OpenAlerts({ ageing, className }: Props) {
  return (
    <Panel title="Alerts now" className={className}>
      <ul className="grid flex-1 grid-cols-2 gap-3 sm:grid-cols-4">
        {SEVERITIES_OF.alerts.map((severity) => {
          const [open, acknowledged] = [sumOf(ageing.open[severity]), sumOf(ageing.acknowledged[severity])];
          return (
            <li key={severity} className="flex flex-col items-start justify-center rounded-md bg-surface p-3">
              <SeverityBadge severity={severity} />
              <Link
                to="/alerts"
                search={{ status: 'open', severity }}
                aria-label={`${open} open, ${severity}`}
                className="mt-1 block rounded text-2xl font-semibold tabular-nums hover:underline"
              >
                {open} <span className="text-xs font-normal text-muted">open</span>
              </Link>
              <Link
                to="/alerts"
                search={{ status: 'acknowledged', severity }}
                aria-label={`${acknowledged} acknowledged, ${severity}`}
                className="inline-block rounded py-1 text-xs text-muted tabular-nums hover:underline"
              >
                {acknowledged} acknowledged
              </Link>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function sumOf(ages: Record<string, number>): string {
  return Object.values(ages)
    .reduce((sum, count) => sum + count, 0)
    .toLocaleString('en');
}
