import { formatDuration } from '../kit/format-duration.ts';
import { startText } from '../kit/range-text.ts';
import { formatShare } from '../kit/summary-figures.ts';

type Cell = string | number | null;

/** How the values of sheets are written on the page. */
export const asCount = (value: Cell) => Number(value).toLocaleString('en');
export const asDuration = (value: Cell) => formatDuration(Number(value));
export const asShare = (value: Cell) => formatShare(Number(value));

/** The start of a bucket, by hours where buckets are hours. */
export const asStart = (interval: string) => (value: Cell) => {
  const from = Date.parse(String(value));
  return startText(from, interval === 'hour' ? from + 1 : from + 86_400_000);
};
