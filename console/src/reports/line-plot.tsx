import { useSize } from '../kit/use-size.ts';
import { LINE_LOOKS } from './line-looks.tsx';

type Props = {
  /** The values of each line; nothing where there is none. */
  lines: readonly (readonly (number | null)[])[];
  ceiling: number;
  at: number;
};

/** The drawing of a line chart. Where a value is missing the line has a gap. */
export function LinePlot({ lines, ceiling, at }: Props) {
  const { element, width, height } = useSize();
  const step = width / (lines[0]?.length || 1);
  const place = (value: number, index: number) => [(index + 0.5) * step, height - (value / ceiling) * height] as const;
  return (
    <div ref={element} className="absolute inset-0">
      <svg aria-hidden="true" width={width} height={height} className="block overflow-visible">
        <rect
          x={at * step}
          width={step}
          height={height}
          className="fill-hover opacity-0 group-hover/brush:opacity-100 group-focus-visible/brush:opacity-100"
        />
        {lines.map((values, line) => {
          const { color, dash, mark } = LINE_LOOKS[line] ?? LINE_LOOKS[0];
          const points = values.flatMap((value, index) => (value === null ? [] : [{ index, at: place(value, index) }]));
          const path = points.map(({ index, at: [x, y] }) => `${values[index - 1] == null ? 'M' : 'L'}${x} ${y}`);
          return (
            <g key={mark} className={color}>
              <path d={path.join('')} fill="none" stroke="currentColor" strokeWidth={1.5} strokeDasharray={dash} />
              {points.map(({ index, at: [x, y] }) => (
                <path key={index} d={mark} transform={`translate(${x} ${y})`} fill="currentColor" />
              ))}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
