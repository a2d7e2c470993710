import type { Schemas } from '../api/schema.ts';
import { Countdown } from './countdown.tsx';
import { DeliveryStatus } from './delivery-status.tsx';
import { TimeText } from './time-text.tsx';

/** What became of a delivery so far: each attempt, and when the next one is due. */
export function DeliveryAttempts({ delivery }: { delivery: Schemas['Delivery'] }) {
  const { status, next_attempt_at: next } = delivery;
  // The document of the API has one shape for an attempt and for the last one, which may be null.
  const attempts = delivery.attempts.filter((attempt) => attempt !== null);
  return (
    <section aria-label="Attempts" className="space-y-2">
      <p className="flex flex-wrap items-center gap-x-3">
        <DeliveryStatus status={status} />
        {next && attempts.length > 0 && <NextAttempt key={next} at={next} />}
      </p>
      {attempts.length === 0 && status !== 'pending' && (
        <p className="text-muted">No attempt was made: its channel was disabled or deleted, or its day was over.</p>
      )}
      <ol className="divide-y divide-line">
        {attempts.map(({ number, at, latency_ms, status: code, error }) => (
          <li key={number} className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-2 py-1.5">
            <span className="text-muted tabular-nums">{number}.</span>
            <span className="break-words">
              <span className={error ? 'text-danger' : undefined}>{code === null ? 'No answer' : `HTTP ${code}`}</span>
              <span className="text-muted"> after {latency_ms} ms</span>
              {error && error !== `status ${code}` && <span className="block text-danger">{error}</span>}
            </span>
            <TimeText time={at} className="text-muted" />
          </li>
        ))}
      </ol>
    </section>
  );
}

function NextAttempt({ at }: { at: string }) {
  const seconds = Math.max(0, (Date.parse(at) - Date.now()) / 1000);
  return (
    <span className="text-muted">
      Next attempt in <Countdown seconds={seconds} />
    </span>
  );
}
