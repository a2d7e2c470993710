import { CloudOff, Hourglass } from 'lucide-react';
import { useEffect } from 'react';
import { type Hindrance, hindrance } from '../api/reachability.ts';
import { useStore } from '../core/store.ts';
import { Countdown } from '../kit/countdown.tsx';

/** Says why nothing moves: no connection, a quota that is used up, an overload. Goes away by itself. */
export function ConnectionBanner() {
  const known = useStore(hindrance);
  useEffect(() => {
    if (known === null || known.kind === 'unreachable') return;
    // The next answer says whether it still is so.
    const timer = setTimeout(() => hindrance.set(null), known.until - Date.now());
    return () => clearTimeout(timer);
  }, [known]);
  return (
    <div role="status">
      {known && (
        <div className="flex items-center justify-center gap-2 border-b border-line bg-surface px-4 py-1.5 text-center text-medium">
          {known.kind === 'unreachable' ? (
            <CloudOff aria-hidden className="size-4" />
          ) : (
            <Hourglass aria-hidden className="size-4" />
          )}
          <span>{sentence(known)}</span>
        </div>
      )}
    </div>
  );
}

function sentence(known: Hindrance) {
  if (known.kind === 'unreachable') return 'No connection to Edgewatch. This page goes on by itself when it is back.';
  const rest = <Countdown key={known.until} seconds={(known.until - Date.now()) / 1000} />;
  if (known.kind === 'limited') return <>Too many requests. Going on in {rest}.</>;
  return <>Edgewatch is busy. Trying again in {rest}.</>;
}
