const DAY_MS = 86_400_000;

const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const minute = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A stretch of time in few words: `3 Nov – 5 Nov`, or with hours where it is short. */
export function rangeText(from: number, to: number): string {
  return (to - from < DAY_MS ? minute : day).formatRange(from, to - 1);
}

/** When a stretch begins, as finely as it is long. */
export function startText(from: number, to: number): string {
  return (to - from < DAY_MS ? minute : day).format(from);
}
