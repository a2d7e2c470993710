const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** One that was measured: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`: two units at most. A dash where nothing is known. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return '–';
  const at = UNITS.findIndex(([, size]) => seconds >= size);
  const [unit, size] = UNITS[at] ?? ['s', 1];
  const [smaller, part] = UNITS[at + 1] ?? ['s', 1];
  // Of minutes on, seconds say nothing.
  if (at < 0 || size <= 60) return `${Math.round(seconds / size)} ${unit}`;
  const whole = Math.floor(seconds / size);
  const rest = Math.floor((seconds - whole * size) / part);
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${smaller}`;
}

/** One that somebody has set, exactly: `15 min`, `1 h 30 min`; "at once" for none. */
export function formatExactDuration(seconds: number): string {
  let left = Math.round(seconds);
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? `${count} ${unit}` : [];
  });
  return parts.join(' ') || 'at once';
}
