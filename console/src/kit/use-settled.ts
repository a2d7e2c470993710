import { useEffect, useState } from 'react';

const SETTLE_MS = 300;

/** The value once nobody has changed it for a moment; for what is asked of the server while someone types. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it holds counts, not which object it is
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
