const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** `15 min`, `1 h 30 min`: exactly, for what somebody has set; "at once" for none. Measured ones are by `formatDuration`. */
export function durationText(seconds: number): string {
  let left = Math.round(seconds);
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? `${count} ${unit}` : [];
  });
  return parts.join(' ') || 'at once';
}
