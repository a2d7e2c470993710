import { useState } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { EditSensorDialog } from './edit-sensor-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import type { Sensor } from './sensor-queries.ts';
import { usePause } from './use-pause.ts';

/** Change, pause, rotate, revoke; of a revoked sensor only a new key is left. */
export function SensorActions({ sensor }: { sensor: Sensor }) {
  const [asked, setAsked] = useState<'edit' | 'rotate' | 'revoke'>();
  const { change: setEnabled } = usePause();
  const close = () => setAsked(undefined);
  const isRevoked = sensor.key_prefix === null;
  const rest = [
    {
      label: sensor.enabled ? 'Pause' : 'Resume',
      run: () => void setEnabled({ sensor, enabled: !sensor.enabled }),
    },
    { label: 'Revoke', run: () => setAsked('revoke') },
  ];
  const offered = [
    { label: 'Change', keys: 'e', run: () => setAsked('edit') },
    { label: isRevoked ? 'Give a new key' : 'Rotate the key', run: () => setAsked('rotate') },
    ...(isRevoked ? [] : rest),
  ];
  useActions(sensor.name, offered);
  return (
    <div className="flex flex-wrap gap-2">
      {offered.map(({ label, run }) => (
        <Button key={label} onClick={run}>
          {label}
        </Button>
      ))}
      {asked === 'edit' && <EditSensorDialog sensor={sensor} onClose={close} />}
      {asked === 'rotate' && <RotateDialog sensor={sensor} onClose={close} />}
      {asked === 'revoke' && <RevokeDialog sensor={sensor} onClose={close} />}
    </div>
  );
}
