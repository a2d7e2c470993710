import { useState } from 'react';
import { classes } from '../ui/classes.ts';
import { OwnRangeDialog } from './own-range-dialog.tsx';
import { LAST_NAMES, LASTS, type Last, type RangeSearch, rangeOf } from './range-search.ts';
import { rangeText } from './range-text.ts';
import { useActions } from './use-actions.ts';

type Props = { search: RangeSearch; usual: Last; onChange: (search: RangeSearch) => void };

/** Chooses the range of time that a page tells of, by click or by key. */
export function RangeChoice({ search, usual, onChange }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const range = rangeOf(search, usual);
  const own = 'from' in range && range;
  const choices = [
    ...LAST_NAMES.map((name) => ({
      label: LASTS[name].label,
      title: `The last ${LASTS[name].label}`,
      isChosen: 'last' in range && range.last === name,
      run: () => onChange({ last: name === usual ? undefined : name }),
    })),
    {
      label: own ? rangeText(Date.parse(own.from), Date.parse(own.to)) : 'Own…',
      title: 'Another range of time',
      isChosen: own !== false,
      run: () => setIsOpen(true),
    },
  ];
  useActions(
    'Range',
    choices.map(({ title, run }, index) => ({ label: title, keys: String(index + 1), run })),
  );
  return (
    <>
      <fieldset className="flex rounded-md border border-line bg-surface p-0.5">
        <legend className="sr-only">Range</legend>
        {choices.map(({ label, title, isChosen, run }) => (
          <button
            key={title}
            type="button"
            title={title}
            aria-pressed={isChosen}
            onClick={run}
            className={classes(
              'h-7 rounded px-2 text-xs font-medium whitespace-nowrap',
              isChosen ? 'bg-chosen text-text' : 'text-muted hover:bg-hover hover:text-text',
            )}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {isOpen && <OwnRangeDialog range={range} onChoose={onChange} onClose={() => setIsOpen(false)} />}
    </>
  );
}
