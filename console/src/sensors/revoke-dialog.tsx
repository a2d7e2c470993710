import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { toast, toastProblem } from '../shell/toast.ts';
import { keepSensor, type Sensor, sensorQuery } from './sensor-queries.ts';

type Props = { sensor: Sensor; onClose: () => void };

/** Asks before the keys of a sensor end. */
export function RevokeDialog({ sensor: { id, name }, onClose }: Props) {
  async function revoke() {
    try {
      await answerOf(client.DELETE('/sensors/{id}', { params: { path: { id } } }));
      toast({ title: `${name} revoked` });
    } catch (error) {
      toastProblem(error);
    }
    keepSensor(await queryClient.fetchQuery({ ...sensorQuery(id), staleTime: 0 }));
  }
  return (
    <ConfirmDialog title={`Revoke ${name}?`} action="Revoke" dangerous onConfirm={revoke} onClose={onClose}>
      Its keys are refused at once, and everywhere within 30 seconds. Its events stay. It can be given a new key later.
    </ConfirmDialog>
  );
}
