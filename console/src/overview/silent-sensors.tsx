import { Link } from '@tanstack/react-router';
import { CircleCheck, RadioTower } from 'lucide-react';
import { Panel } from '../kit/panel.tsx';
import { TimeText } from '../kit/time-text.tsx';
import type { Summary } from '../reports/report-queries.ts';
import { useMay } from '../session/use-self.ts';

type Props = { sensors: Summary['silent_sensors']; className: string };

/** Below `adminRoute`. */
const SENSORS: string = '/admin/sensors';
const MOST = 12;

/** Sensors that should have been heard by now. */
export function SilentSensors({ sensors, className }: Props) {
  const may = useMay();
  const rest = sensors.length - MOST;
  return (
    <Panel
      title="Silent sensors"
      className={className}
      actions={
        may('sensor.manage') && (
          <Link to={SENSORS} className="rounded text-accent hover:underline">
            All sensors
          </Link>
        )
      }
    >
      {sensors.length === 0 && (
        <p className="flex items-center gap-1.5 text-muted">
          <CircleCheck aria-hidden className="size-4 text-success" />
          No sensor is silent.
        </p>
      )}
      <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2 xl:grid-cols-3">
        {sensors.slice(0, MOST).map(({ id, name, since }) => (
          <li key={id} className="flex items-center gap-2">
            <RadioTower aria-hidden className="size-4 shrink-0 text-high" />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="shrink-0 text-muted">
              silent since <TimeText time={since} />
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="mt-1 text-muted">And {rest} more.</p>}
    </Panel>
  );
}
