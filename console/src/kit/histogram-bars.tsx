import type { Point } from './histogram.tsx';

type Props = {
  series: readonly string[];
  points: readonly Point[];
  at: number;
  shown: readonly [number, number] | null;
};

/** In units of the drawing; it is stretched to the room there is. */
const BAR = 10;
const GAP = 1.5;
const HEIGHT = 100;

/** The drawing of a histogram. What it says is told by the brush around it. */
export function HistogramBars({ series, points, at, shown }: Props) {
  const totals = points.map(({ counts }) => series.reduce((sum, name) => sum + (counts[name] ?? 0), 0));
  const highest = Math.max(1, ...totals);
  const isChosen = (index: number) => !shown || (index >= shown[0] && index <= shown[1]);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${points.length * BAR} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full"
    >
      <rect
        x={at * BAR}
        width={BAR}
        height={HEIGHT}
        className="fill-hover opacity-0 group-hover/brush:opacity-100 group-focus-visible/brush:opacity-100"
      />
      {shown && (
        <rect x={shown[0] * BAR} width={(shown[1] - shown[0] + 1) * BAR} height={HEIGHT} className="fill-chosen" />
      )}
      {points.map(({ start, counts }, index) => {
        let y = HEIGHT;
        return (
          <g key={start} opacity={isChosen(index) ? 1 : 0.35}>
            {series.toReversed().map((name) => {
              const height = ((counts[name] ?? 0) / highest) * HEIGHT;
              y -= height;
              return (
                <rect
                  key={name}
                  x={index * BAR + GAP / 2}
                  y={y}
                  width={BAR - GAP}
                  height={height}
                  style={{ fill: `var(--${name})` }}
                />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
