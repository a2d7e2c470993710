import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Panel } from '../kit/panel.tsx';
import { type Range, usualInterval } from '../kit/range-search.ts';
import { SeverityLegend } from '../kit/severity-legend.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { EACH_MINUTE, SEVERITIES_OF, timeseriesQuery } from '../reports/report-queries.ts';
import { ProblemState } from '../ui/problem-state.tsx';

/** Enough for a week by the hour. */
const MOST_BARS = 200;

const TITLES = { events: 'Events', alerts: 'Alerts' };

type Props = { metric: keyof typeof TITLES; range: Range; className: string };

/** What came in over the range. A bar, or a stretch of them, leads to the list of that time. */
export function ActivityPanel({ metric, range, className }: Props) {
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    ...timeseriesQuery({ metric, interval: usualInterval(range, MOST_BARS), range }),
    ...EACH_MINUTE,
  });
  const total = data?.points.reduce((sum, point) => sum + point.total, 0);
  const times = data && { from: data.from, to: data.to };
  return (
    <Panel
      title={TITLES[metric]}
      className={className}
      actions={
        <Link to={`/${metric}`} search={times ?? {}} className="rounded text-accent tabular-nums hover:underline">
          Show {total === undefined ? 'all' : `all ${total.toLocaleString('en')}`}
        </Link>
      }
    >
      {error && !data && <ProblemState error={error} onRetry={() => void refetch()} />}
      <SeverityLegend series={SEVERITIES_OF[metric]} />
      <div className="min-h-44 flex-1">
        <Timeline
          label={`${TITLES[metric]} by ${data?.interval ?? 'hour'}`}
          data={data}
          severities={SEVERITIES_OF[metric]}
          onRange={(chosen) => {
            if (chosen.from) void navigate({ to: `/${metric}`, search: chosen });
          }}
          hasAxis
        />
      </div>
    </Panel>
  );
}
