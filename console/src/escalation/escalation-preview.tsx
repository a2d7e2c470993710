import type { Schemas } from '../api/schema.ts';
import { formatExactDuration } from '../kit/format-duration.ts';
import { whenText } from './policy-text.ts';

type Preview = Schemas['EscalationPreview'];

/** Who would be told when, and by when it would have to be answered. */
export function EscalationPreview({ preview: { policy, sends, targets } }: { preview: Preview }) {
  if (!policy) return <p>No policy is for it: nobody would be told.</p>;
  const { acknowledge_seconds: acknowledge, resolve_seconds: resolve } = targets;
  return (
    <div className="space-y-2">
      <p>
        By the policy <strong className="break-words">{policy.name}</strong>, while nobody acknowledges:
      </p>
      {sends.length === 0 && <p className="text-muted">Nobody is told.</p>}
      <ol className="divide-y divide-line">
        {sends.map(({ after_seconds, step, round, channels }) => (
          <li key={after_seconds} className="flex flex-wrap gap-x-3 py-1.5">
            <span className="w-28 shrink-0">{whenText(after_seconds)}</span>
            <span className="min-w-0 flex-1 break-words">{namesOf(channels)}</span>
            <span className="text-muted">
              step {step}
              {round > 1 && `, round ${round}`}
            </span>
          </li>
        ))}
      </ol>
      {acknowledge !== null && <p>To be acknowledged in {formatExactDuration(acknowledge)}.</p>}
      {resolve !== null && <p>To be resolved in {formatExactDuration(resolve)}.</p>}
    </div>
  );
}

function namesOf(channels: Preview['sends'][number]['channels']): string {
  const names = channels.map(({ id, name, state }) => {
    const note = state === 'enabled' ? '' : ` (${state})`;
    return `${name ?? `channel ${id}`}${note}`;
  });
  return names.join(', ') || 'nobody';
}
