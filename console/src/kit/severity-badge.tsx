import { LookBadge } from './look-badge.tsx';
import { SEVERITY_LOOKS, type Severity } from './severity-looks.ts';

/** A severity. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  return <LookBadge look={SEVERITY_LOOKS[severity]} strong />;
}
