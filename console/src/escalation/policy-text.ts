import { formatExactDuration } from '../kit/format-duration.ts';
import type { Policy } from './policy-queries.ts';

/** When a step comes: "At once", "After 15 min". */
export function whenText(seconds: number): string {
  return seconds === 0 ? 'At once' : `After ${formatExactDuration(seconds)}`;
}

export function repeatText({ count, after_seconds }: Policy['repeat']): string {
  if (count === 0) return '';
  return `Then again ${count === 1 ? 'once' : `${count} times`}, ${formatExactDuration(after_seconds)} after the last step.`;
}

/** `Critical: acknowledged in 5 min, resolved in 4 h`, for each severity that has targets. */
export function targetsText(targets: Policy['targets']): string {
  const texts = (['critical', 'high'] as const).flatMap((severity) => {
    const { acknowledge_seconds: acknowledge, resolve_seconds: resolve } = targets[severity] ?? {};
    const parts = [
      acknowledge && `acknowledged in ${formatExactDuration(acknowledge)}`,
      resolve && `resolved in ${formatExactDuration(resolve)}`,
    ].filter(Boolean);
    return parts.length > 0 ? `${severity === 'critical' ? 'Critical' : 'High'}: ${parts.join(', ')}` : [];
  });
  return texts.join('. ');
}
