import type { Schemas } from '../api/schema.ts';
import type { Figure } from './figures.tsx';
import { formatDuration } from './format-duration.ts';

type Summary = Schemas['Summary'];
type Targets = Schemas['TargetFigures']['resolve'];

export const formatShare = (share: number | null) =>
  share === null ? '–' : share.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 });

const formatCount = (count: number) => count.toLocaleString('en');

/** How many came; with how many in the range before it, if they are given. */
export function countFigures(summary: Summary, before?: Summary): Figure[] {
  const names = { events: 'Events', alerts: 'Alerts', incidents: 'Incidents' } as const;
  return (['events', 'alerts', 'incidents'] as const).map((thing) => ({
    name: names[thing],
    value: formatCount(summary[thing].total),
    note: before && `before: ${formatCount(before[thing].total)}`,
  }));
}

/** How fast and how well alerts and incidents were dealt with; with those of the range before it, if they are given. */
export function summaryFigures(summary: Summary, before?: Summary): Figure[] {
  const figure = (name: string, { read, note }: { read: (of: Summary) => string; note?: string | false }): Figure => ({
    name,
    value: read(summary),
    note: before ? `before: ${read(before)}` : note || null,
  });
  const { targets, verdicts } = summary.alerts;
  const judged = verdicts.true_positive + verdicts.false_positive + verdicts.benign;
  return [
    figure('MTTA', { read: ({ alerts }) => formatDuration(alerts.mtta_seconds), note: 'until acknowledged' }),
    figure('MTTR of alerts', { read: ({ alerts }) => formatDuration(alerts.mttr_seconds), note: 'until resolved' }),
    figure('MTTR of incidents', {
      read: ({ incidents }) => formatDuration(incidents.mttr_seconds),
      note: 'until resolved',
    }),
    figure('Acknowledged in time', {
      read: ({ alerts }) => formatShare(alerts.targets.acknowledge.met_rate),
      note: missed(targets.acknowledge),
    }),
    figure('Resolved in time', {
      read: ({ alerts }) => formatShare(alerts.targets.resolve.met_rate),
      note: missed(targets.resolve),
    }),
    figure('False positives', {
      read: ({ alerts }) => formatShare(alerts.false_positive_rate),
      note: `of ${formatCount(judged)} verdicts`,
    }),
  ];
}

const missed = ({ total, missed: late }: Targets) =>
  total === 0 ? 'no alert has a target' : `${formatCount(late)} of ${formatCount(total)} missed it`;
