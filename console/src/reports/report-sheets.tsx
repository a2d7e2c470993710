import { useQuery } from '@tanstack/react-query';
import { Figures } from '../kit/figures.tsx';
import type { Interval, Range } from '../kit/range-search.ts';
import { ReachNote } from '../kit/reach-note.tsx';
import { countFigures, summaryFigures } from '../kit/summary-figures.ts';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { BusiestReports } from './busiest-reports.tsx';
import { CountsReport, type Times } from './counts-report.tsx';
import { EACH_MINUTE, type Metric, summaryBeforeQuery, summaryQuery, timeseriesQuery } from './report-queries.ts';
import { SeverityReports } from './severity-reports.tsx';
import { TargetsReport } from './targets-report.tsx';
import { TimesReport } from './times-report.tsx';

type Props = { range: Range; interval: Interval; onRange: (range: Times) => void };

/** All reports of a range of time. */
export function ReportSheets({ range, interval, onRange }: Props) {
  const summary = useQuery({ ...summaryQuery(range), ...EACH_MINUTE });
  const before = useQuery(summaryBeforeQuery(range));
  const series = (metric: Metric) => ({ ...timeseriesQuery({ metric, interval, range }), ...EACH_MINUTE });
  const events = useQuery(series('events'));
  const alerts = useQuery(series('alerts'));
  const incidents = useQuery(series('incidents'));

  const all = [summary, events, alerts, incidents];
  const failed = all.find(({ error, data }) => error && !data);
  if (failed) return <ProblemState error={failed.error} onRetry={() => all.forEach((one) => void one.refetch())} />;
  if (!summary.data || !events.data || !alerts.data || !incidents.data) {
    return <ProgressBar label="Loading the reports" />;
  }
  const onChosen = (times: Times) => {
    if (times.from) onRange(times);
  };
  return (
    <>
      <Figures
        label="The range in figures"
        figures={[...countFigures(summary.data, before.data), ...summaryFigures(summary.data, before.data)]}
      />
      <ReachNote reach={summary.data} />
      {[events.data, alerts.data, incidents.data].map((data) => (
        <CountsReport key={data.metric} data={data} onRange={onChosen} />
      ))}
      <TimesReport alerts={alerts.data} incidents={incidents.data} onRange={onChosen} />
      <TargetsReport alerts={alerts.data} onRange={onChosen} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[3fr_2fr]">
        <SeverityReports summary={summary.data} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-3">
        <BusiestReports summary={summary.data} />
      </div>
    </>
  );
}
