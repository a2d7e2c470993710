import { getRouteApi } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { RangeChoice } from '../kit/range-choice.tsx';
import { boundsOf, rangeOf } from '../kit/range-search.ts';
import { rangeText } from '../kit/range-text.ts';
import { useActions } from '../kit/use-actions.ts';
import { Page } from '../shell/page.tsx';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import { INTERVALS, intervalOf, intervalsOf } from './report-search.ts';
import { ReportSheets } from './report-sheets.tsx';

const route = getRouteApi('/app/reports');

const USUAL = '30d';

/** What happened in a range of time, in charts and figures, for screen, file and paper. */
export function ReportsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = rangeOf(search, USUAL);
  const interval = intervalOf(search, range);
  const cut = (by: string) =>
    void navigate({ search: { ...search, by: INTERVALS.find((known) => known === by) }, replace: true });
  const print = () => window.print();
  useActions('Reports', [
    ...intervalsOf(range).map((by) => ({ label: `Count by ${by}`, keys: `b ${by[0]}`, run: () => cut(by) })),
    { label: 'Print', keys: 'p', run: print },
  ]);

  const actions = (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <Select
        aria-label="Counted by"
        value={interval}
        options={intervalsOf(range).map((by) => ({ value: by, label: `By ${by}` }))}
        onChange={({ target }) => cut(target.value)}
        className="h-8! w-auto! text-xs"
      />
      <RangeChoice search={search} usual={USUAL} onChange={(chosen) => void navigate({ search: chosen })} />
      <Button size="small" onClick={print}>
        <Printer aria-hidden className="size-4" />
        Print
      </Button>
    </div>
  );
  return (
    <Page title="Reports" actions={actions}>
      <div className="space-y-4 p-4">
        <p className="hidden print:block">{rangeText(...boundsOf(range))}</p>
        <ReportSheets
          range={range}
          interval={interval}
          onRange={(times) => void navigate({ search: { ...times, by: undefined } })}
        />
      </div>
    </Page>
  );
}
