import { asCount } from './formats.ts';
import type { Summary } from './report-queries.ts';
import { SheetPanel } from './sheet-panel.tsx';

/** The sources and types with the most events, and what became of resolved alerts. */
export function BusiestReports({ summary: { events, alerts } }: { summary: Summary }) {
  const { true_positive, false_positive, benign } = alerts.verdicts;
  const ranked = (head: string, rows: (string | number)[][]) => ({
    filename: `${head.toLowerCase().replace(' ', '-')}s.csv`,
    columns: [{ head }, { head: 'Events', format: asCount }],
    rows,
  });
  return (
    <>
      <SheetPanel
        title="Busiest sources"
        sheet={ranked(
          'Source',
          events.busiest_sources.map(({ source, events: count }) => [source, count]),
        )}
      />
      <SheetPanel
        title="Most frequent types"
        sheet={ranked(
          'Event type',
          events.busiest_event_types.map(({ event_type, events: count }) => [event_type, count]),
        )}
      />
      <SheetPanel
        title="Verdicts"
        sheet={{
          filename: 'verdicts.csv',
          columns: [{ head: 'Verdict' }, { head: 'Alerts', format: asCount }],
          rows: [
            ['True positive', true_positive],
            ['False positive', false_positive],
            ['Benign', benign],
          ],
        }}
      />
    </>
  );
}
