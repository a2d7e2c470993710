import { X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { TriageButtons } from './triage-buttons.tsx';
import type { Triage } from './use-triage.ts';

type Props = {
  count: number;
  /** How many match the filters in all; nothing while that is not known, or all are selected. */
  matching: number | undefined;
  triage: Triage;
  onSelectMatching: () => void;
  onClear: () => void;
};

/** What can be done with the selected alerts, below the list so that no row moves. */
export function BulkBar({ count, matching, triage, onSelectMatching, onClear }: Props) {
  return (
    <section
      aria-label="Selected alerts"
      className="relative flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-raised px-4 py-2"
    >
      <span role="status" className="font-medium tabular-nums">
        {count.toLocaleString('en')} selected
      </span>
      {matching !== undefined && matching > count && (
        <Button size="small" look="quiet" onClick={onSelectMatching}>
          Select all {matching.toLocaleString('en')} matching
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        <TriageButtons triage={triage} />
        <Button
          look="quiet"
          size="icon"
          aria-label="Clear the selection"
          title="Clear (Esc)"
          onClick={onClear}
          className="max-md:absolute max-md:top-1.5 max-md:right-2"
        >
          <X aria-hidden className="size-4" />
        </Button>
      </div>
    </section>
  );
}
