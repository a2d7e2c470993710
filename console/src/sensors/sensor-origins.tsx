import { useQuery } from '@tanstack/react-query';
import { TimeText } from '../kit/time-text.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { sensorOriginsQuery } from './sensor-queries.ts';

/** Where the key of a sensor was used: networks and countries. */
export function SensorOrigins({ id }: { id: number }) {
  const { data, error, refetch } = useQuery(sensorOriginsQuery(id));
  return (
    <section aria-label="Origins">
      <h2 className="mb-1 font-semibold">Origins of its key</h2>
      {error && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <ProgressBar label="Loading" />}
      {data?.data.length === 0 && <p className="text-muted">It has not been seen anywhere yet.</p>}
      <ul className="divide-y divide-line">
        {data?.data.map(({ asn, continent, country, first_seen_at, last_seen_at }) => (
          <li key={`${asn} ${continent}`} className="py-2">
            <p>
              Network {asn}, {country ?? continent ?? 'country unknown'}
            </p>
            <p className="text-muted">
              First <TimeText time={first_seen_at} />, last <TimeText time={last_seen_at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
