import { classes } from '../ui/classes.ts';
import type { Sheet } from './sheet.ts';

type Props = { label: string; sheet: Sheet };

/** The figures of a report as a table. It scrolls beside its chart; on paper it is all there. */
export function SheetTable({ label, sheet: { columns, rows } }: Props) {
  return (
    <section
      aria-label={`${label}, the figures`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
      className="max-h-72 min-w-0 overflow-auto print:max-h-none"
    >
      <table className="w-full border-separate border-spacing-0 text-xs">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 bg-canvas print:static">
          <tr>
            {columns.map(({ head }, index) => (
              <th
                key={head}
                scope="col"
                className={classes(
                  'border-b border-line px-2 py-1 align-bottom font-normal text-muted',
                  index === 0 ? 'text-left' : 'text-right',
                )}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, index) => {
                const { head, format = String } = columns[index] ?? { head: '' };
                const text = cell === null ? '–' : format(cell);
                return index === 0 ? (
                  <th key={head} scope="row" className="px-2 py-1 text-left font-normal whitespace-nowrap">
                    {text}
                  </th>
                ) : (
                  <td key={head} className="px-2 py-1 text-right whitespace-nowrap tabular-nums">
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
