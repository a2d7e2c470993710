import { type RefObject, useEffect, useRef } from 'react';

/** Calls back when the element comes into sight, as often as `onSeen` is another function. */
export function useSeen(onSeen: () => void): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) onSeen();
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [onSeen]);
  return element;
}
