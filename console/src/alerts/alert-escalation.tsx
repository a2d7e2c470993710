import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/schema.ts';
import { TimeText } from '../kit/time-text.tsx';
import { escalationQuery } from './alert-queries.ts';

type Channel = Schemas['ToldChannel'];

const KINDS: Record<string, string> = {
  'alert.raised': 'Raised',
  'alert.escalated': 'Escalated',
  'alert.acknowledged': 'Acknowledged',
  'alert.resolved': 'Resolved',
  'alert.reopened': 'Reopened',
  'alert.target_missed': 'Target missed',
};

/** Who was told of an alert, and who will be. Nothing where no policy matched. */
export function AlertEscalation({ id }: { id: number }) {
  const { data } = useQuery(escalationQuery(id));
  if (!data || (!data.policy && data.told.length === 0)) return null;
  const { policy, told, next } = data;
  return (
    <section aria-label="Escalation">
      <h2 className="mb-1 font-semibold">Escalation</h2>
      {policy && <p className="mb-1 text-muted">By the policy {policy.name}.</p>}
      <ul className="divide-y divide-line">
        {told.map(({ kind, at, channels }) => (
          <li key={`${kind} ${at}`} className="flex items-baseline gap-3 py-1.5">
            <span className="w-28 shrink-0">{KINDS[kind] ?? kind}</span>
            <span className="min-w-0 flex-1 break-words text-muted">{names(channels)}</span>
            <TimeText time={at} className="shrink-0 text-muted" />
          </li>
        ))}
        {next && (
          <li className="flex items-baseline gap-3 py-1.5">
            <span className="w-28 shrink-0">Step {next.step} to come</span>
            <span className="min-w-0 flex-1 break-words text-muted">{names(next.channels)}</span>
            <TimeText time={next.at} className="shrink-0 text-muted" />
          </li>
        )}
      </ul>
    </section>
  );
}

function names(channels: readonly Channel[]): string {
  const named = channels.map(({ id, name, state }) => {
    const note = state === 'enabled' ? '' : ` (${state})`;
    return `${name ?? `channel ${id}`}${note}`;
  });
  return named.join(', ') || 'nobody';
}
