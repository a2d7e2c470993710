import { OneTimeText } from '../kit/one-time-text.tsx';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { sensorCurl } from './sensor-curl.ts';
import type { SensorWithKey } from './sensor-queries.ts';

type Props = { sensor: SensorWithKey; onDone: () => void };

/** A new key and the command that tries it. Nothing but its button closes what it stands in. */
export function KeyShown({ sensor, onDone }: Props) {
  return (
    <div className="space-y-4">
      <OneTimeText label="Key" text={sensor.key} />
      <div className="space-y-1">
        <p className="font-medium">Try it: this posts an event</p>
        <CodeBlock label="Post an event with this key" code={sensorCurl(sensor)} />
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          I have kept the key
        </Button>
      </div>
    </div>
  );
}
