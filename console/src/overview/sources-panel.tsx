import { Panel } from '../kit/panel.tsx';
import type { Summary } from '../reports/report-queries.ts';
import { SourceLink } from './source-link.tsx';

/** Who sends the most. */
export function SourcesPanel({ summary, className }: { summary: Summary; className: string }) {
  const { busiest_sources: sources } = summary.events;
  const most = Math.max(1, ...sources.map(({ events }) => events));
  return (
    <Panel
      title="Busiest sources"
      className={className}
      actions={<span className="text-xs text-muted">over whole days (UTC)</span>}
    >
      {sources.length === 0 && <p className="text-muted">No event came in.</p>}
      <ol className="space-y-0.5">
        {sources.map(({ source, events }) => (
          <li key={source} className="relative flex items-center gap-3 rounded px-2 py-0.5">
            <div
              aria-hidden
              style={{ width: `${(events / most) * 100}%` }}
              className="absolute inset-y-0 left-0 rounded bg-chosen"
            />
            <span className="relative min-w-0 flex-1 truncate">
              <SourceLink source={source} summary={summary} />
            </span>
            <span className="relative tabular-nums">{events.toLocaleString('en')}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
