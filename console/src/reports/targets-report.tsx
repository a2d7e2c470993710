import type { Times } from './counts-report.tsx';
import { asCount, asShare, asStart } from './formats.ts';
import { LineChart } from './line-chart.tsx';
import type { Timeseries } from './report-queries.ts';
import { boundsOfSeries, brushed } from './series-bounds.ts';
import { SheetPanel } from './sheet-panel.tsx';

type Props = { alerts: Timeseries; onRange: (range: Times) => void };

/** How the targets of escalation policies were kept over time. Nothing where no alert had one. */
export function TargetsReport({ alerts, onRange }: Props) {
  const { interval, points } = alerts;
  if (points.every(({ targets }) => !targets?.acknowledge.total && !targets?.resolve.total)) return null;
  const sheet = {
    filename: `targets-by-${interval}.csv`,
    columns: [
      { head: 'From', format: asStart(interval) },
      { head: 'To acknowledge', format: asCount },
      { head: 'Missed', format: asCount },
      { head: 'Acknowledged in time', format: asShare },
      { head: 'To resolve', format: asCount },
      { head: 'Missed to resolve', format: asCount },
      { head: 'Resolved in time', format: asShare },
    ],
    rows: points.map(({ start, targets }) => [
      start,
      ...(['acknowledge', 'resolve'] as const).flatMap((kind) => {
        const { total = 0, missed = 0, met_rate = null } = targets?.[kind] ?? {};
        return [total, missed, met_rate];
      }),
    ]),
  };
  return (
    <SheetPanel title={`Targets met by ${interval}`} sheet={sheet}>
      <LineChart
        label={`Targets met by ${interval}`}
        bounds={boundsOfSeries(alerts)}
        onRange={brushed(onRange)}
        lines={[
          { name: 'Acknowledged in time', values: points.map(({ targets }) => targets?.acknowledge.met_rate ?? null) },
          { name: 'Resolved in time', values: points.map(({ targets }) => targets?.resolve.met_rate ?? null) },
        ]}
        ceiling={1}
        format={asShare}
      />
    </SheetPanel>
  );
}
