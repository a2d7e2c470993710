import { useMutation } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyShown } from './key-shown.tsx';
import type { sensorBody } from './sensor-form.tsx';
import { SensorFormDialog } from './sensor-form-dialog.tsx';

/** Adds a sensor, then shows its key this once. */
export function NewSensorDialog({ onClose }: { onClose: () => void }) {
  const create = useMutation({
    mutationFn: (body: ReturnType<typeof sensorBody>) => answerOf(client.POST('/sensors', { body })),
    onSuccess: () => queryClient.resetQueries({ queryKey: ['sensors'] }),
  });
  if (!create.data) return <SensorFormDialog title="Add a sensor" action="Add" attempt={create} onClose={onClose} />;
  return (
    <Dialog title={`Key of ${create.data.name}`} wide>
      <KeyShown sensor={create.data} onDone={onClose} />
    </Dialog>
  );
}
