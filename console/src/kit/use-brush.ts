import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

type Options = {
  /** Where the bars begin, and where the last one ends. */
  bounds: readonly number[];
  range: readonly [number, number] | null;
  onRange: (range: [number, number] | null) => void;
};

/** The first and the last bar of a stretch. */
export type Stretch = readonly [number, number];

const ordered = (one: number, other: number): Stretch => [Math.min(one, other), Math.max(one, other)];

/** Chooses a stretch of bars, by dragging or by key. `at` is the bar that is looked at, `shown` the stretch. */
export function useBrush({ bounds, range, onRange }: Options) {
  const area = useRef<HTMLDivElement>(null);
  const count = bounds.length - 1;
  // The last one, until another is looked at; there may be fewer by now.
  const [looked, setAt] = useState(Number.POSITIVE_INFINITY);
  const at = Math.max(0, Math.min(looked, count - 1));
  const [anchor, setAnchor] = useState<number | null>(null);
  const chosen = range ? barsOf(bounds, range) : null;
  const shown = anchor === null ? chosen : ordered(anchor, at);

  function take([first, last]: Stretch) {
    onRange([bounds[first] ?? 0, bounds[last + 1] ?? 0]);
    setAnchor(null);
  }
  function barAt({ clientX }: PointerEvent): number {
    const { left, width } = area.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count)));
  }
  function press(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      setAnchor(event.shiftKey ? (anchor ?? at) : null);
      setAt(Math.min(count - 1, Math.max(0, at + step)));
    } else if (event.key === 'Enter') take(ordered(anchor ?? at, at));
    else if (event.key === 'Escape' && (anchor !== null || range)) {
      setAnchor(null);
      onRange(null);
    } else return;
    event.preventDefault();
  }

  const handlers = {
    onKeyDown: press,
    onPointerDown: (event: PointerEvent) => {
      area.current?.setPointerCapture(event.pointerId);
      setAnchor(barAt(event));
      setAt(barAt(event));
    },
    onPointerMove: (event: PointerEvent) => setAt(barAt(event)),
    onPointerUp: () => {
      if (anchor !== null) take(ordered(anchor, at));
    },
    onPointerCancel: () => setAnchor(null),
  };
  return { area, at, shown, handlers };
}

/** The bars that a range of time covers, wholly or in part; null where it covers none. */
function barsOf(bounds: readonly number[], [from, to]: readonly [number, number]): Stretch | null {
  const last = bounds.length - 2;
  const first = bounds.findLastIndex((bound) => bound <= from);
  const end = bounds.findIndex((bound) => bound >= to);
  const stretch: Stretch = [Math.max(0, first), end === -1 ? last : Math.min(last, end - 1)];
  return stretch[0] <= stretch[1] ? stretch : null;
}
