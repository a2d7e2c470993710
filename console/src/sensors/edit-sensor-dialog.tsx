import { useMutation } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { toast } from '../shell/toast.ts';
import type { sensorBody } from './sensor-form.tsx';
import { SensorFormDialog } from './sensor-form-dialog.tsx';
import { keepSensor, type Sensor } from './sensor-queries.ts';

type Props = { sensor: Sensor; onClose: () => void };

/** Renames a sensor, and says when it counts as silent. */
export function EditSensorDialog({ sensor, onClose }: Props) {
  const { id, name } = sensor;
  const save = useMutation({
    mutationFn: (body: ReturnType<typeof sensorBody>) =>
      answerOf(client.PATCH('/sensors/{id}', { params: { path: { id } }, body })),
    onSuccess: (changed) => {
      keepSensor(changed);
      toast({ title: `${changed.name} saved` });
      onClose();
    },
  });
  return <SensorFormDialog title={`Change ${name}`} action="Save" sensor={sensor} attempt={save} onClose={onClose} />;
}
