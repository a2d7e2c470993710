const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How often a sensor has to post: "15 minutes", "90 seconds". */
export function intervalText(seconds: number | null): string {
  if (seconds === null) return 'Not watched';
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
