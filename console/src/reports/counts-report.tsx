import { SeverityLegend } from '../kit/severity-legend.tsx';
import { SEVERITY_LOOKS } from '../kit/severity-looks.ts';
import { Timeline } from '../kit/timeline.tsx';
import { asCount, asStart } from './formats.ts';
import { SEVERITIES_OF, type Timeseries } from './report-queries.ts';
import { SheetPanel } from './sheet-panel.tsx';

const TITLES = { events: 'Events', alerts: 'Alerts', incidents: 'Incidents' };

export type Times = { from?: string | undefined; to?: string | undefined };

/** How many came, by severity. A stretch of the chart becomes the range of the page. */
export function CountsReport({ data, onRange }: { data: Timeseries; onRange: (range: Times) => void }) {
  const { metric, interval } = data;
  const severities: readonly (keyof typeof SEVERITY_LOOKS)[] = SEVERITIES_OF[metric];
  const sheet = {
    filename: `${metric}-by-${interval}.csv`,
    columns: [
      { head: 'From', format: asStart(interval) },
      { head: 'All', format: asCount },
      ...severities.map((severity) => ({ head: SEVERITY_LOOKS[severity].label, format: asCount })),
    ],
    rows: data.points.map(({ start, total, by_severity }) => [
      start,
      total,
      ...severities.map((severity) => by_severity[severity] ?? 0),
    ]),
  };
  return (
    <SheetPanel title={`${TITLES[metric]} by ${interval}`} sheet={sheet}>
      <SeverityLegend series={severities} />
      <div className="min-h-0 flex-1">
        <Timeline
          label={`${TITLES[metric]} by ${interval}`}
          data={data}
          severities={severities}
          onRange={onRange}
          hasAxis
        />
      </div>
    </SheetPanel>
  );
}
