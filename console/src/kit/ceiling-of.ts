const STEPS = [2, 4, 6, 8, 10];

/** The round number up to which a chart of counts goes; its half is a whole number, too. */
export function ceilingOf(highest: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return (STEPS.find((step) => step * size >= highest) ?? 10) * size;
}
