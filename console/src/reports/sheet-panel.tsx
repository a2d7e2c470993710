import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Panel } from '../kit/panel.tsx';
import { useActions } from '../kit/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { type Sheet, saveSheet } from './sheet.ts';
import { SheetTable } from './sheet-table.tsx';

type Props = {
  title: string;
  sheet: Sheet;
  /** The chart, if there is one. */
  children?: ReactNode;
};

/** A report: its chart, its figures in a table beside it, and the same as a file. */
export function SheetPanel({ title, sheet, children }: Props) {
  const save = () => saveSheet(sheet);
  useActions('Export', [{ label: `Save “${title}” as CSV`, run: save }]);
  return (
    <Panel
      title={title}
      actions={
        <Button size="small" onClick={save} aria-label={`Save “${title}” as CSV`} className="print:hidden">
          <Download aria-hidden className="size-4" />
          CSV
        </Button>
      }
    >
      <div className={classes('grid min-w-0 gap-4', children !== undefined && 'xl:grid-cols-[minmax(0,1fr)_26rem]')}>
        {children && <div className="flex h-64 min-w-0 flex-col gap-1">{children}</div>}
        <SheetTable label={title} sheet={sheet} />
      </div>
    </Panel>
  );
}
