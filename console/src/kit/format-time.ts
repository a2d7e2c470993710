const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { style: 'narrow', numeric: 'always' });
const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `5 min. ago`; `just now` within a minute. */
export function relativeTime(time: string, now = Date.now()): string {
  const seconds = (Date.parse(time) - now) / 1000;
  const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? [];
  return unit && size ? relative.format(Math.trunc(seconds / size), unit) : 'just now';
}

/** By the clock of this machine. */
export function absoluteTime(time: string): string {
  return local.format(new Date(time));
}

/** `2026-11-21 09:30:00 UTC`, as logs write it. */
export function utcTime(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
