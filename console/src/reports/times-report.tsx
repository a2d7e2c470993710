import type { Times } from './counts-report.tsx';
import { durationCeiling } from './duration-ceiling.ts';
import { asDuration, asStart } from './formats.ts';
import { LineChart } from './line-chart.tsx';
import type { Timeseries } from './report-queries.ts';
import { boundsOfSeries, brushed } from './series-bounds.ts';
import { SheetPanel } from './sheet-panel.tsx';

type Props = { alerts: Timeseries; incidents: Timeseries; onRange: (range: Times) => void };

/** MTTA and MTTR over time, of what began in each bucket. */
export function TimesReport({ alerts, incidents, onRange }: Props) {
  const { interval, points } = alerts;
  const incidentTimes = new Map(incidents.points.map(({ start, mttr_seconds }) => [start, mttr_seconds ?? null]));
  const lines = [
    { name: 'MTTA', values: points.map(({ mtta_seconds }) => mtta_seconds ?? null) },
    { name: 'MTTR of alerts', values: points.map(({ mttr_seconds }) => mttr_seconds ?? null) },
    { name: 'MTTR of incidents', values: points.map(({ start }) => incidentTimes.get(start) ?? null) },
  ];
  const sheet = {
    filename: `mtta-mttr-by-${interval}.csv`,
    columns: [
      { head: 'From', format: asStart(interval) },
      ...lines.map(({ name }) => ({ head: name, unit: 'seconds', format: asDuration })),
    ],
    rows: points.map(({ start }, index) => [start, ...lines.map(({ values }) => values[index] ?? null)]),
  };
  const highest = Math.max(1, ...lines.flatMap(({ values }) => values.map(Number)));
  return (
    <SheetPanel title={`MTTA and MTTR by ${interval}`} sheet={sheet}>
      <LineChart
        label={`MTTA and MTTR by ${interval}`}
        bounds={boundsOfSeries(alerts)}
        onRange={brushed(onRange)}
        lines={lines}
        ceiling={durationCeiling(highest)}
        format={asDuration}
      />
    </SheetPanel>
  );
}
