import { TimeText } from './time-text.tsx';

/** Says until when a report counts, where it could not count all. */
export function ReachNote({ reach: { as_of, complete } }: { reach: { as_of: string; complete: boolean } }) {
  if (complete) return null;
  return (
    <p className="mt-2 text-muted">
      Counted until <TimeText time={as_of} />; what came in since follows within minutes.
    </p>
  );
}
