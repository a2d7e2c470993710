const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

const CEILINGS = [
  ...[2, 4, 10, 20, 40].map((minutes) => minutes * MINUTE_S),
  ...[1, 2, 4, 8, 12].map((hours) => hours * HOUR_S),
  ...[1, 2, 4, 6, 10, 14, 20, 30, 60, 120, 240].map((days) => days * DAY_S),
];

/** The round duration up to which a chart goes; its half is round, too. */
export function durationCeiling(highest: number): number {
  return CEILINGS.find((ceiling) => ceiling >= highest) ?? highest;
}
