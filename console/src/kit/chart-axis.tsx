export type Axis = { ceiling: number; format: (value: number) => string };

/** The lines behind a chart at nothing, half and all of its height, and what they stand for. */
export function ChartAxis({ axis: { ceiling, format } }: { axis: Axis }) {
  return [0, 0.5, 1].map((part) => (
    <div
      key={part}
      aria-hidden
      className="absolute inset-x-0 border-t border-line"
      style={{ bottom: `${part * 100}%` }}
    >
      <span className="absolute right-full -translate-y-1/2 pr-2 text-xs whitespace-nowrap text-muted tabular-nums">
        {format(part * ceiling)}
      </span>
    </div>
  ));
}
