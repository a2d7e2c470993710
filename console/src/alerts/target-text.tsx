import { TimerOff } from 'lucide-react';
import { Countdown } from '../kit/countdown.tsx';
import { TimeText } from '../kit/time-text.tsx';

type Props = { by: string; doneAt: string | null; isMissed: boolean };

const HOUR_S = 3600;

/** A deadline of the escalation policy: how long there is left, or whether it was met. */
export function TargetText({ by, doneAt, isMissed }: Props) {
  if (isMissed) {
    return (
      <span className="inline-flex items-center gap-1 text-danger">
        <TimerOff aria-hidden className="size-4 shrink-0" />
        <span>
          Missed; it was due <TimeText time={by} />
        </span>
      </span>
    );
  }
  if (doneAt) return <>Met</>;
  const seconds = (Date.parse(by) - Date.now()) / 1000;
  if (seconds > 0 && seconds < HOUR_S) {
    return (
      <span>
        in <Countdown key={by} seconds={seconds} />
      </span>
    );
  }
  return <TimeText time={by} />;
}
