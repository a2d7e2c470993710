import { useId } from 'react';
import type { Point } from './histogram.tsx';
import type { Severity } from './severity-looks.ts';
import { SeverityPatterns } from './severity-patterns.tsx';
import type { Stretch } from './use-brush.ts';
import { useSize } from './use-size.ts';

type Props = {
  series: readonly Severity[];
  points: readonly Point[];
  /** The count that reaches the top. */
  ceiling: number;
  at: number;
  shown: Stretch | null;
};

/** The drawing of a histogram. What it says is told by the brush around it. */
export function HistogramBars({ series, points, ceiling, at, shown }: Props) {
  const id = useId();
  const { element, width, height } = useSize();
  const step = width / points.length;
  const gap = Math.min(3, step / 6);
  const isChosen = (index: number) => !shown || (index >= shown[0] && index <= shown[1]);
  return (
    <div ref={element} className="absolute inset-0 overflow-hidden">
      <svg aria-hidden="true" width={width} height={height} className="block">
        <SeverityPatterns id={id} series={series} />
        <rect
          x={at * step}
          width={step}
          height={height}
          className="fill-hover opacity-0 group-hover/brush:opacity-100 group-focus-visible/brush:opacity-100"
        />
        {shown && (
          <rect x={shown[0] * step} width={(shown[1] - shown[0] + 1) * step} height={height} className="fill-chosen" />
        )}
        {points.map(({ start, counts }, index) => {
          let y = height;
          return (
            <g key={start} opacity={isChosen(index) ? 1 : 0.35}>
              {series.toReversed().map((name) => {
                const count = counts[name] ?? 0;
                // A single one among thousands is seen, too.
                const tall = count && Math.max(1, (count / ceiling) * height);
                y -= tall;
                const place = { x: index * step + gap / 2, y, width: step - gap, height: tall };
                return <rect key={name} {...place} fill={`url(#${id}-${name})`} />;
              })}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
