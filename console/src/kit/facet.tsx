import { Ban, Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { type Choices, choose } from './choices.ts';

export type FacetValue = { value: string; label: ReactNode; name: string; count?: number | undefined };

type Props = { label: string; values: readonly FacetValue[]; choices: Choices; onChange: (choices: Choices) => void };

/** The values of one field, each to be wanted or unwanted, with how many there are. */
export function Facet({ label, values, choices, onChange }: Props) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 px-2 text-xs font-medium text-muted">{label}</legend>
      <ul>
        {values.map(({ value, label: shown, name, count }) => {
          const isWanted = choices.include.includes(value);
          const isUnwanted = choices.exclude.includes(value);
          return (
            <li key={value} className="group flex items-center rounded-md hover:bg-hover">
              <button
                type="button"
                aria-pressed={isWanted}
                onClick={() => onChange(choose(choices, { value, as: 'include' }))}
                className={classes(
                  'flex h-7 min-w-0 flex-1 items-center gap-2 rounded-md px-2',
                  isWanted && 'bg-chosen',
                )}
              >
                {isUnwanted && <span className="text-xs text-muted">not</span>}
                <span className="truncate">{shown}</span>
                {isWanted && <Check aria-hidden className="size-3.5" />}
                {count !== undefined && <span className="ml-auto text-xs text-muted tabular-nums">{count}</span>}
              </button>
              <button
                type="button"
                aria-pressed={isUnwanted}
                aria-label={`Exclude ${name}`}
                title={`Exclude ${name}`}
                onClick={() => onChange(choose(choices, { value, as: 'exclude' }))}
                className={classes(
                  buttonClasses({ look: 'quiet', size: 'small' }),
                  'px-1!',
                  !isUnwanted && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100',
                )}
              >
                <Ban aria-hidden className="size-3.5" />
              </button>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
