import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { incidentFacetsQuery, incidentFilters } from '../incidents/incident-queries.ts';
import { CountTable } from '../kit/count-table.tsx';
import { countOf } from '../kit/facet-values.ts';
import { Panel } from '../kit/panel.tsx';
import { SeverityBadge } from '../kit/severity-badge.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { EACH_MINUTE, SEVERITIES_OF } from '../reports/report-queries.ts';

const STATUSES = ['open', 'mitigated'] as const;

/** Incidents that are not resolved, by severity and status. */
export function OpenIncidents({ className }: { className: string }) {
  const counted = { open: useCounts('open'), mitigated: useCounts('mitigated') };
  return (
    <Panel title="Incidents now" className={className}>
      <CountTable
        label="Incidents that are not resolved"
        corner="Severity"
        columns={STATUSES.map((status) => ({ key: status, head: <StatusBadge status={status} /> }))}
        rows={SEVERITIES_OF.incidents.map((severity) => ({
          key: severity,
          head: <SeverityBadge severity={severity} />,
        }))}
        cell={(severity, column) => {
          const status = STATUSES.find((known) => known === column) ?? 'open';
          const count = countOf(counted[status], severity);
          if (!count) return <span className="text-muted">{count ?? '–'}</span>;
          return (
            <Link
              to="/incidents"
              search={{ status, severity }}
              aria-label={`${count.toLocaleString('en')} ${status}, ${severity}`}
              className="rounded font-medium text-accent hover:underline"
            >
              {count.toLocaleString('en')}
            </Link>
          );
        }}
      />
    </Panel>
  );
}

function useCounts(status: (typeof STATUSES)[number]) {
  return useQuery({ ...incidentFacetsQuery(incidentFilters({ status })), ...EACH_MINUTE }).data?.facets.severity;
}
