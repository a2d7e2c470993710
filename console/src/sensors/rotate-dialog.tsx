import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { KeyShown } from './key-shown.tsx';
import { keepSensor, type Sensor } from './sensor-queries.ts';

type Props = { sensor: Sensor; onClose: () => void };

/** Gives a sensor a new key and shows it this once. The key until now may go on for a while. */
export function RotateDialog({ sensor, onClose }: Props) {
  const { id, name, key_prefix } = sensor;
  const rotate = useMutation({
    mutationFn: (hours: string) => {
      const body = hours === '' ? {} : { overlap_hours: Number(hours) };
      return answerOf(client.POST('/sensors/{id}/rotate', { params: { path: { id } }, body }));
    },
    onSuccess: ({ key: _, ...rotated }) => keepSensor(rotated),
  });
  const problem = rotate.error instanceof ApiProblem ? rotate.error : null;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    rotate.mutate(String(new FormData(event.currentTarget).get('hours') ?? '').trim());
  }
  if (rotate.data) {
    return (
      <Dialog title={`New key of ${name}`} wide>
        <KeyShown sensor={rotate.data} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog onClose={onClose} title={`New key for ${name}`}>
      <form onSubmit={submit} className="space-y-4">
        {key_prefix && (
          <FormField
            label="Hours for which the old key goes on"
            error={fieldError(problem, '#/overlap_hours')}
            hint="0 ends it at once. Empty: as the settings say."
          >
            <Input name="hours" type="number" min={0} max={168} autoFocus />
          </FormField>
        )}
        {!key_prefix && <p>The sensor was revoked. The new key enables it again.</p>}
        <FormProblem problem={problem} known={['#/overlap_hours']} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={rotate.isPending}>
            Make a new key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
