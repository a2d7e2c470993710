import { SEVERITY_LOOKS, type Severity } from './severity-looks.ts';

/** The most severe is filled; the others have each its own drawing, so that no colour is needed to tell them apart. */
const DRAWINGS = [
  'M0 0h6v6H0z',
  'M-1 1l2 -2M0 6l6 -6M5 7l2 -2',
  'M1.5 1.5h1.2v1.2h-1.2zM4.5 4.5h1.2v1.2h-1.2z',
  'M0 1.5h6M0 4.5h6',
] as const;

type Props = { id: string; series: readonly Severity[] };

/** The fillings of bars, the most severe first. That of a severity is `url(#<id>-<severity>)`. */
export function SeverityPatterns({ id, series }: Props) {
  return (
    <defs>
      {series.map((severity, index) => (
        <pattern
          key={severity}
          id={`${id}-${severity}`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          className={SEVERITY_LOOKS[severity].color}
        >
          <rect width="6" height="6" fill="currentColor" opacity={0.5} />
          <path d={DRAWINGS[index]} fill="currentColor" stroke="currentColor" />
        </pattern>
      ))}
    </defs>
  );
}
