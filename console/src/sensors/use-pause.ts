import { answerOf, client } from '../api/client.ts';
import { useChange } from '../kit/use-change.ts';
import { keepSensor, type Sensor } from './sensor-queries.ts';

type Pause = { sensor: Sensor; enabled: boolean };

function send({ sensor: { id }, enabled }: Pause) {
  return answerOf(client.PATCH('/sensors/{id}', { params: { path: { id } }, body: { enabled } }));
}

/** Pauses or resumes a sensor, with undo. While it is paused its keys are refused. */
export function usePause() {
  return useChange<Pause, Sensor>({
    send,
    show: ({ sensor, enabled }) => {
      keepSensor({ ...sensor, enabled });
      return () => keepSensor(sensor);
    },
    settle: keepSensor,
    says: ({ sensor: { name }, enabled }) => `${name} ${enabled ? 'resumed' : 'paused'}`,
    undo: async (_, { sensor }) => keepSensor(await send({ sensor, enabled: sensor.enabled })),
  });
}
