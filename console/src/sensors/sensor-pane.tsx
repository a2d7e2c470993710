import { useQuery } from '@tanstack/react-query';
import { SidePane } from '../kit/side-pane.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { SensorActions } from './sensor-actions.tsx';
import { SensorFields } from './sensor-fields.tsx';
import { SensorOrigins } from './sensor-origins.tsx';
import { sensorQuery } from './sensor-queries.ts';

type Props = { id: number; onClose: () => void };

/** One sensor beside the list: how it is doing, and what can be done with it. */
export function SensorPane({ id, onClose }: Props) {
  const { data: sensor, error, refetch } = useQuery(sensorQuery(id));
  return (
    <SidePane title={sensor?.name ?? `Sensor ${id}`} onClose={onClose}>
      {error && !sensor && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!error && !sensor && <ProgressBar label="Loading" />}
      {sensor && (
        <div className="space-y-6">
          <SensorActions sensor={sensor} />
          <SensorFields sensor={sensor} />
          <SensorOrigins id={id} />
        </div>
      )}
    </SidePane>
  );
}
