import { z } from '@hono/zod-openapi';
import { SEVERITIES } from '../core/severity.ts';
import { rfc3339 } from '../http/fields.ts';
import { INCIDENT_SEVERITIES } from '../incidents/lifecycle.ts';
import { AGE_NAMES, type Age } from './ageing.ts';
import { count, reach, viewReach } from './contract.ts';
import type { AlertSums, IncidentSums, Summary } from './get-summary.ts';
import { meanSeconds, mtta, mttrFrom } from './mean-times.ts';
import { MAX_SILENT } from './silent-sensors.ts';
import { targetFigures, viewTargets } from './target-figures.ts';

const alertFigures = {
  total: count,
  open: count,
  acknowledged: count,
  resolved: count,
  mtta_seconds: mtta,
  mttr_seconds: mttrFrom('raised'),
  targets: targetFigures,
};

const incidentFigures = {
  total: count,
  open: count,
  mitigated: count,
  resolved: count,
  mttr_seconds: mttrFrom('created'),
};

/** An object with the same under each of these names. */
function each<const Names extends readonly string[], Value extends z.ZodType>(names: Names, value: Value) {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, value])) as Record<Names[number], Value>);
}

const ages = each(SEVERITIES, each(AGE_NAMES, count));

export const summaryView = z
  .strictObject({
    ...reach,
    events: z.strictObject({
      total: count,
      by_severity: each(SEVERITIES, count),
      busiest_sources: z.array(z.strictObject({ source: z.string(), events: count })),
      busiest_event_types: z.array(z.strictObject({ event_type: z.string(), events: count })),
    }),
    alerts: z.strictObject({
      ...alertFigures,
      by_severity: each(SEVERITIES, z.strictObject(alertFigures)),
      verdicts: z
        .strictObject({ true_positive: count, false_positive: count, benign: count })
        .openapi({ description: 'Of resolved alerts.' }),
      false_positive_rate: z
        .number()
        .nullable()
        .openapi({ description: 'False positives among all verdicts, 0 to 1. Null without a verdict.', example: 0.25 }),
    }),
    incidents: z.strictObject({
      ...incidentFigures,
      by_severity: each(INCIDENT_SEVERITIES, z.strictObject(incidentFigures)),
    }),
    ageing: z.strictObject({ open: ages, acknowledged: ages }).openapi({
      description:
        'Alerts by the hours of the clock (UTC) that have begun since they were raised, whatever `from` and `to` say.',
    }),
    silent_sensors: z
      .array(
        z.strictObject({
          id: z.number().int(),
          name: z.string(),
          since: rfc3339.openapi({ description: 'When it was last heard, or added.' }),
        }),
      )
      .openapi({
        description: `Sensors that exceeded their interval and have not posted since, whatever \`from\` and \`to\` say: ${MAX_SILENT} at most, the longest silent first.`,
      }),
  })
  .openapi('Summary');

export function viewSummary(summary: Summary): z.output<typeof summaryView> {
  return {
    ...viewReach(summary),
    events: viewEvents(summary),
    alerts: viewAlerts(summary.alerts.filter(({ label }) => label === 'range')),
    incidents: viewIncidents(summary.incidents),
    ageing: { open: viewAges(summary.alerts, 'open'), acknowledged: viewAges(summary.alerts, 'acknowledged') },
    silent_sensors: summary.silentSensors.map(({ id, name, since }) => ({ id, name, since: since.toISOString() })),
  };
}

function viewEvents({ events }: Summary): z.output<typeof summaryView>['events'] {
  const of = (wanted: string) => events.filter(({ label }) => label === wanted);
  const severities = new Map(of('severity').map(({ value, events: counted }) => [value, counted]));
  return {
    total: [...severities.values()].reduce((sum, counted) => sum + counted, 0),
    by_severity: forEach(SEVERITIES, (severity) => severities.get(severity) ?? 0),
    busiest_sources: of('source').map(({ value, events: counted }) => ({ source: value, events: counted })),
    busiest_event_types: of('event_type').map(({ value, events: counted }) => ({ event_type: value, events: counted })),
  };
}

function viewAlerts(sums: AlertSums): z.output<typeof summaryView>['alerts'] {
  const sum = sumOf(sums);
  const verdicts = {
    true_positive: sum('truePositives'),
    false_positive: sum('falsePositives'),
    benign: sum('benign'),
  };
  const judged = verdicts.true_positive + verdicts.false_positive + verdicts.benign;
  return {
    ...viewAlertFigures(sums),
    by_severity: forEach(SEVERITIES, (severity) => viewAlertFigures(sums.filter(({ by }) => by === severity))),
    verdicts,
    false_positive_rate: judged === 0 ? null : Math.round((verdicts.false_positive / judged) * 10_000) / 10_000,
  };
}

function viewAlertFigures(sums: AlertSums) {
  const sum = sumOf(sums);
  const [open, acknowledged, resolved] = [sum('open'), sum('acknowledged'), sum('resolved')];
  return {
    total: open + acknowledged + resolved,
    open,
    acknowledged,
    resolved,
    mtta_seconds: meanSeconds(sum('answeredMs'), sum('answered')),
    mttr_seconds: meanSeconds(sum('resolvedMs'), resolved),
    targets: viewTargets(sum),
  };
}

function viewIncidents(sums: IncidentSums): z.output<typeof summaryView>['incidents'] {
  return {
    ...viewIncidentFigures(sums),
    by_severity: forEach(INCIDENT_SEVERITIES, (severity) =>
      viewIncidentFigures(sums.filter(({ by }) => by === severity)),
    ),
  };
}

function viewIncidentFigures(sums: IncidentSums) {
  const sum = sumOf(sums);
  const [open, mitigated, resolved] = [sum('open'), sum('mitigated'), sum('resolved')];
  return {
    total: open + mitigated + resolved,
    open,
    mitigated,
    resolved,
    mttr_seconds: meanSeconds(sum('resolvedMs'), resolved),
  };
}

function viewAges(sums: AlertSums, status: 'open' | 'acknowledged'): z.output<typeof ages> {
  const within = (severity: string, age: Age) => sums.find(({ label, by }) => label === age && by === severity);
  return forEach(SEVERITIES, (severity) => forEach(AGE_NAMES, (age) => within(severity, age)?.sums[status] ?? 0));
}

/** Sums one measure over these rows. */
function sumOf<Measure extends string>(rows: { sums: Record<Measure, number> }[]): (measure: Measure) => number {
  return (measure) => rows.reduce((sum, { sums }) => sum + sums[measure], 0);
}

function forEach<const Names extends readonly string[], Value>(names: Names, value: (name: Names[number]) => Value) {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Names[number], Value>;
}
