import { useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyShown } from './key-shown.tsx';
import { SensorFormDialog } from './sensor-form-dialog.tsx';
import type { SensorWithKey } from './sensor-queries.ts';

/** Adds a sensor, then shows its key this once. */
export function NewSensorDialog({ onClose }: { onClose: () => void }) {
  const [added, setAdded] = useState<SensorWithKey>();
  if (added) {
    return (
      <Dialog title={`Key of ${added.name}`} wide>
        <KeyShown sensor={added} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <SensorFormDialog
      title="Add a sensor"
      action="Add"
      send={(body) => answerOf(client.POST('/sensors', { body }))}
      onSaved={(sensor) => {
        setAdded(sensor);
        void queryClient.resetQueries({ queryKey: ['sensors'] });
      }}
      onClose={onClose}
    />
  );
}
