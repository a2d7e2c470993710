import { useId } from 'react';
import { SEVERITY_LOOKS, type Severity } from './severity-looks.ts';
import { SeverityPatterns } from './severity-patterns.tsx';

/** How the severities of a histogram are drawn. */
export function SeverityLegend({ series }: { series: readonly Severity[] }) {
  const id = useId();
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 text-xs text-muted">
      {series.map((severity) => (
        <li key={severity} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width={12} height={12}>
            <SeverityPatterns id={`${id}${severity}`} series={series} />
            <rect width={12} height={12} fill={`url(#${id}${severity}-${severity})`} />
          </svg>
          {SEVERITY_LOOKS[severity].label}
        </li>
      ))}
    </ul>
  );
}
