import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How large an element is, in pixels, as long as it is on the page. */
export function useSize(): { element: RefObject<HTMLDivElement | null>; width: number; height: number } {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return { element, ...size };
}
