import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SENSOR_POINTERS, SensorFormFields, sensorBody } from './sensor-form.tsx';
import type { Sensor } from './sensor-queries.ts';

type Props = {
  title: string;
  action: string;
  sensor?: Sensor;
  attempt: { mutate: (body: ReturnType<typeof sensorBody>) => void; error: Error | null; isPending: boolean };
  onClose: () => void;
};

/** The form of a sensor, new or not. */
export function SensorFormDialog({ title, action, sensor, attempt, onClose }: Props) {
  const problem = attempt.error instanceof ApiProblem ? attempt.error : null;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    attempt.mutate(sensorBody(new FormData(event.currentTarget)));
  }
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit} className="space-y-4">
        <SensorFormFields sensor={sensor} problem={problem} />
        <FormProblem problem={problem} known={SENSOR_POINTERS} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={attempt.isPending}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
