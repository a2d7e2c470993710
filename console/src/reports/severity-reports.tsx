import { SEVERITY_LOOKS } from '../kit/severity-looks.ts';
import { asCount, asDuration, asShare } from './formats.ts';
import { SEVERITIES_OF, type Summary } from './report-queries.ts';
import { SheetPanel } from './sheet-panel.tsx';

/** Alerts and incidents of the range by severity, as they stand now. */
export function SeverityReports({ summary: { alerts, incidents } }: { summary: Summary }) {
  const counts = (heads: string[]) => heads.map((head) => ({ head, format: asCount }));
  const alertRows = SEVERITIES_OF.alerts.map((severity) => {
    const of = alerts.by_severity[severity];
    const { acknowledge, resolve } = of.targets;
    const times = [of.mtta_seconds, of.mttr_seconds, acknowledge.met_rate, resolve.met_rate];
    return [SEVERITY_LOOKS[severity].label, of.total, of.open, of.acknowledged, of.resolved, ...times];
  });
  const incidentRows = SEVERITIES_OF.incidents.map((severity) => {
    const of = incidents.by_severity[severity];
    return [SEVERITY_LOOKS[severity].label, of.total, of.open, of.mitigated, of.resolved, of.mttr_seconds];
  });
  return (
    <>
      <SheetPanel
        title="Alerts by severity"
        sheet={{
          filename: 'alerts-by-severity.csv',
          columns: [
            { head: 'Severity' },
            ...counts(['Raised', 'Open', 'Acknowledged', 'Resolved']),
            { head: 'MTTA', unit: 'seconds', format: asDuration },
            { head: 'MTTR', unit: 'seconds', format: asDuration },
            { head: 'Acknowledged in time', format: asShare },
            { head: 'Resolved in time', format: asShare },
          ],
          rows: alertRows,
        }}
      />
      <SheetPanel
        title="Incidents by severity"
        sheet={{
          filename: 'incidents-by-severity.csv',
          columns: [
            { head: 'Severity' },
            ...counts(['Created', 'Open', 'Mitigated', 'Resolved']),
            { head: 'MTTR', unit: 'seconds', format: asDuration },
          ],
          rows: incidentRows,
        }}
      />
    </>
  );
}
