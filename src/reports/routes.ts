import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { checkRollups } from './check-rollups.ts';
import {
  dayParams,
  reportQuery,
  rollupCheckView,
  timeseriesQuery,
  timeseriesView,
  viewRollupCheck,
  viewTimeseries,
} from './contract.ts';
import { getSummary } from './get-summary.ts';
import { getTimeseries } from './get-timeseries.ts';
import { rebuildRollups } from './rebuild-rollups.ts';
import { summaryView, viewSummary } from './summary-contract.ts';

const tags = ['Reports'];

const summaryRoute = createRoute({
  method: 'get',
  path: '/reports/summary',
  tags,
  summary: 'Summarise a time range',
  description:
    'The last 30 days unless `from` and `to` say otherwise; at most 366 days. Both are widened to whole hours (UTC) and ' +
    'answered as they were used. Everything is counted where it began: an alert belongs to the hour in which it was ' +
    'raised, an incident to that in which it was created, with the severity and status that it has now.\n\n' +
    '**MTTA** is the mean time from raised to acknowledged; an alert resolved without that counts as acknowledged when ' +
    'it was resolved. **MTTR** is the mean time from raised, or created, to resolved, of what is resolved now. The ' +
    '**false-positive rate** is the share of `false_positive` among the verdicts of resolved alerts. **Targets** are those ' +
    'of escalation policies: how many alerts have one, and how many missed it. The ten busiest sources and event types are counted over all days (UTC) that the range touches. Deleted things count nowhere.\n\n' +
    'Beside the range it tells how old open alerts are, and which sensors are silent now.',
  operationId: 'getSummary',
  ...guard('report.read'),
  request: { query: reportQuery },
  responses: { 200: json(summaryView, 'The counts, as they are now.'), ...problems(400, 401, 403, 503) },
});

const timeseriesRoute = createRoute({
  method: 'get',
  path: '/reports/timeseries',
  tags,
  summary: 'Count over time',
  description:
    'How many events, alerts or incidents began in each hour, day or week, by the severity that they have now. By ' +
    'default the last 24 hours, 30 days or 26 weeks; at most 31 days by `hour`, 366 by `day`, 1,830 by `week`. `from` ' +
    'and `to` are widened to whole buckets. Alerts come with their MTTA, MTTR and targets, incidents with their MTTR.',
  operationId: 'getTimeseries',
  ...guard('report.read'),
  request: { query: timeseriesQuery },
  responses: { 200: json(timeseriesView, 'The points in order.'), ...problems(400, 401, 403, 503) },
});

const checkRoute = createRoute({
  method: 'get',
  path: '/reports/rollups/{day}',
  tags,
  summary: 'Check the counts of a day',
  description:
    'Reports are served from counts that are kept by hour and day. This compares those of one day with a recount of ' +
    'its events, alerts and incidents, and changes nothing. It reads each row of the day. 409 when events of the day ' +
    'are in the cold store.',
  operationId: 'checkRollups',
  ...guard('report.rebuild'),
  request: { params: dayParams },
  responses: { 200: json(rollupCheckView, 'What differs.'), ...problems(400, 401, 403, 409, 503) },
});

const rebuildRoute = createRoute({
  method: 'post',
  path: '/reports/rollups/{day}/rebuild',
  tags,
  summary: 'Rebuild the counts of a day',
  description:
    'Replaces the counts of one day by a recount, and answers what was different before. 409 when events ' +
    'of the day are in the cold store.',
  operationId: 'rebuildRollups',
  ...guard('report.rebuild'),
  request: { params: dayParams },
  responses: { 200: json(rollupCheckView, 'What was different.'), ...problems(400, 401, 403, 409, 503) },
});

export const reportRoutes = newRouter()
  .openapi(summaryRoute, async (c) => {
    const summary = await getSummary({ ctx: contextOf(c), input: c.req.valid('query') });
    return c.json(viewSummary(summary), 200);
  })
  .openapi(timeseriesRoute, async (c) => {
    const input = c.req.valid('query');
    return c.json(viewTimeseries(await getTimeseries({ ctx: contextOf(c), input }), input), 200);
  })
  .openapi(checkRoute, async (c) => {
    const { day } = c.req.valid('param');
    return c.json(viewRollupCheck(day, await checkRollups({ ctx: contextOf(c), input: { day } })), 200);
  })
  .openapi(rebuildRoute, async (c) => {
    const { day } = c.req.valid('param');
    return c.json(viewRollupCheck(day, await rebuildRollups({ ctx: contextOf(c), input: { day } })), 200);
  });
