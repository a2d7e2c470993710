import { answerOf, client } from '../api/client.ts';
import { toast } from '../shell/toast.ts';
import { SensorFormDialog } from './sensor-form-dialog.tsx';
import { keepSensor, type Sensor } from './sensor-queries.ts';

type Props = { sensor: Sensor; onClose: () => void };

/** Renames a sensor, and says when it counts as silent. */
export function EditSensorDialog({ sensor, onClose }: Props) {
  const { id, name } = sensor;
  return (
    <SensorFormDialog
      title={`Change ${name}`}
      action="Save"
      sensor={sensor}
      send={(body) => answerOf(client.PATCH('/sensors/{id}', { params: { path: { id } }, body }))}
      onSaved={(changed) => {
        keepSensor(changed);
        toast({ title: `${changed.name} saved` });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
