import { usePreferences } from '../shell/preferences.ts';
import { absoluteTime, relativeTime, utcTime } from './format-time.ts';
import { useMinute } from './use-minute.ts';

/** A time as the person wants to see it; the other ways to say it are in its title. */
export function TimeText({ time, className }: { time: string | null; className?: string }) {
  const { time: display } = usePreferences();
  useMinute();
  if (time === null) return <span className={className}>–</span>;
  const shown = { relative: relativeTime, absolute: absoluteTime, utc: utcTime }[display](time);
  return (
    <time
      dateTime={time}
      title={`${absoluteTime(time)}\n${utcTime(time)}\n${relativeTime(time)}`}
      className={className}
    >
      {shown}
    </time>
  );
}
