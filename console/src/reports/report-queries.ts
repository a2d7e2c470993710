import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { boundsOf, type Interval, type Range } from '../kit/range-search.ts';

export type Summary = Schemas['Summary'];
export type Timeseries = Schemas['Timeseries'];
export type Metric = Timeseries['metric'];

/** What the keys of all reports begin with. */
export const REPORTS = ['report'] as const;

/** The severities of what is counted, the most severe first. */
export const SEVERITIES_OF = {
  events: ['critical', 'high', 'medium', 'low'],
  alerts: ['critical', 'high', 'medium', 'low'],
  incidents: ['sev1', 'sev2', 'sev3', 'sev4'],
} as const satisfies Record<Metric, readonly string[]>;

/** For pages that stay open: they look again by themselves. */
export const EACH_MINUTE = { refetchInterval: 60_000 };

const COMMON = { staleTime: 60_000, placeholderData: keepPreviousData };

/** The last so long is reckoned when it is asked for. */
function timesOf(range: Range) {
  const [from, to] = boundsOf(range).map((time) => new Date(time).toISOString());
  return { from, ...('to' in range && { to }) };
}

export const summaryQuery = (range: Range) =>
  queryOptions({
    ...COMMON,
    queryKey: [...REPORTS, 'summary', range],
    queryFn: ({ signal }) => answerOf(client.GET('/reports/summary', { params: { query: timesOf(range) }, signal })),
  });

/** The summary of the range of the same length right before. */
export const summaryBeforeQuery = (range: Range) =>
  queryOptions({
    ...COMMON,
    queryKey: [...REPORTS, 'summary-before', range],
    queryFn: ({ signal }) => {
      const [from, to] = boundsOf(range);
      const query = { from: new Date(2 * from - to).toISOString(), to: new Date(from).toISOString() };
      return answerOf(client.GET('/reports/summary', { params: { query }, signal }));
    },
  });

type Series = {
  metric: Metric;
  interval: Interval;
  /** Left out for as far back as the API usually goes. */
  range?: Range | undefined;
};

export const timeseriesQuery = ({ metric, interval, range }: Series) =>
  queryOptions({
    ...COMMON,
    queryKey: [...REPORTS, 'timeseries', { metric, interval, range }],
    queryFn: ({ signal }) => {
      const query = { metric, interval, ...(range && timesOf(range)) };
      return answerOf(client.GET('/reports/timeseries', { params: { query }, signal }));
    },
  });
