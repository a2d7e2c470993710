import { TimeBrush, type TimeBrushProps } from '../kit/time-brush.tsx';
import type { Stretch } from '../kit/use-brush.ts';
import { LineSample } from './line-looks.tsx';
import { LinePlot } from './line-plot.tsx';

type Props = Pick<TimeBrushProps, 'label' | 'bounds' | 'onRange'> & {
  lines: readonly { name: string; values: readonly (number | null)[] }[];
  ceiling: number;
  format: (value: number) => string;
};

/** Values over time, a line each, with a brush. */
export function LineChart({ lines, ceiling, format, ...brush }: Props) {
  const tell = ([first, last]: Stretch) => ({
    sum: '',
    // Means of several buckets cannot be told from the means of each.
    lines: lines.map(({ name, values }, index) => {
      const value = first === last ? values[last] : undefined;
      return { name, mark: <Mark name={name} index={index} />, value: value == null ? '–' : format(value) };
    }),
  });
  return (
    <>
      <ul aria-label="Legend" className="flex flex-wrap gap-x-4 text-xs text-muted">
        {lines.map(({ name }, index) => (
          <li key={name}>
            <Mark name={name} index={index} />
          </li>
        ))}
      </ul>
      <div className="min-h-0 flex-1">
        <TimeBrush {...brush} range={null} tell={tell} axis={{ ceiling, format }}>
          {({ at }) => <LinePlot lines={lines.map(({ values }) => values)} ceiling={ceiling} at={at} />}
        </TimeBrush>
      </div>
    </>
  );
}

function Mark({ name, index }: { name: string; index: number }) {
  return (
    <span className="flex items-center gap-1.5">
      <LineSample index={index} />
      {name}
    </span>
  );
}
