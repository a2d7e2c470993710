import { Figures } from '../kit/figures.tsx';
import type { Range } from '../kit/range-search.ts';
import { ReachNote } from '../kit/reach-note.tsx';
import { summaryFigures } from '../kit/summary-figures.ts';
import type { Summary } from '../reports/report-queries.ts';
import { ActivityPanel } from './activity-panel.tsx';
import { AgeingPanel } from './ageing-panel.tsx';
import { OpenAlerts } from './open-alerts.tsx';
import { OpenIncidents } from './open-incidents.tsx';
import { SilentSensors } from './silent-sensors.tsx';
import { SourcesPanel } from './sources-panel.tsx';

/** What the overview shows: first what waits for somebody, then what happened. */
export function OverviewPanels({ summary, range }: { summary: Summary; range: Range }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4 lg:grid-cols-6">
      <OpenAlerts ageing={summary.ageing} className="lg:col-span-6 xl:col-span-4" />
      <OpenIncidents className="lg:col-span-6 xl:col-span-2" />
      <div className="lg:col-span-6">
        <Figures label="How alerts and incidents were dealt with" figures={summaryFigures(summary)} />
        <ReachNote reach={summary} />
      </div>
      <ActivityPanel metric="events" range={range} className="lg:col-span-3" />
      <ActivityPanel metric="alerts" range={range} className="lg:col-span-3" />
      <SourcesPanel summary={summary} className="lg:col-span-3" />
      <AgeingPanel summary={summary} className="lg:col-span-3" />
      <SilentSensors sensors={summary.silent_sensors} className="lg:col-span-6" />
    </div>
  );
}
