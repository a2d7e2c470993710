import type { ReactNode } from 'react';

type Props = {
  label: string;
  /** What the rows are by. */
  corner: string;
  columns: readonly { key: string; head: ReactNode }[];
  rows: readonly { key: string; head: ReactNode }[];
  cell: (row: string, column: string) => ReactNode;
};

/** A small table of counts, by two things. */
export function CountTable({ label, corner, columns, rows, cell }: Props) {
  return (
    <table className="w-full">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr className="text-left text-xs text-muted">
          <th scope="col" className="py-1 font-normal">
            {corner}
          </th>
          {columns.map(({ key, head }) => (
            <th key={key} scope="col" className="py-1 pl-2 text-right font-normal">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, head }) => (
          <tr key={key} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal sm:whitespace-nowrap">
              {head}
            </th>
            {columns.map((column) => (
              <td key={column.key} className="py-1.5 pl-2 text-right tabular-nums">
                {cell(key, column.key)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
