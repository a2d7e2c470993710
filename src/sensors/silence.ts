import { and, eq, gt, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { resolveAlert } from '../alerts/resolve-alert.ts';
import { auditChange } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import { ingestEvents } from '../events/ingest-events.ts';
import { events } from '../events/table.ts';
import type { Sensor } from './contract.ts';
import { sensors } from './table.ts';

// Each is a batch of its own; D1 takes 1,000 statements from one run.
const MAX_RESOLVED = 100;

const SILENT = 'sensor_silent';

/** A silence begins with the last that was heard. That names it, so two runs that find it speak of the same. */
function startOf({ silentSince, lastSeenAt, createdAt }: Sensor): Date {
  return silentSince ?? lastSeenAt ?? createdAt;
}

const externalIdOf = (sensor: Sensor) => `sensor-silent:${sensor.id}:${startOf(sensor).getTime()}`;

/** Whether a sensor that was silent has posted since. */
export function isBack({ silentSince, lastSeenAt }: Sensor): boolean {
  return silentSince !== null && lastSeenAt !== null && lastSeenAt > silentSince;
}

/**
 * Posts an event for each silence, whose alert is raised like any other, then marks the sensors. Dying between the two
 * it is done again: the event's external_id stores it once, and the mark is set where there is none.
 */
export async function startSilences(ctx: Context, silent: Sensor[]): Promise<void> {
  if (silent.length === 0) return;
  await ingestEvents({ ctx, input: silent.map(silenceEvent) });
  const starts = JSON.stringify(silent.map((sensor) => ({ id: sensor.id, since: startOf(sensor).getTime() })));
  const since = sql`(SELECT value ->> 'since' FROM json_each(${starts}) WHERE value ->> 'id' = ${sensors.id})`;
  await mark(ctx, { sensors: silent, action: 'sensor.silent', since, where: isNull(sensors.silentSince) });
}

function silenceEvent(sensor: Sensor) {
  const { id, name, lastSeenAt, expectedInterval } = sensor;
  const since = `${lastSeenAt ? '' : 'it was added at '}${startOf(sensor).toISOString()}`;
  return {
    source: name,
    event_type: SILENT,
    severity: 'high' as const,
    description: `${name} has posted nothing since ${since}. It is expected every ${expectedInterval} seconds.`,
    attributes: {
      sensor_id: id,
      last_seen_at: lastSeenAt?.toISOString() ?? null,
      expected_interval: expectedInterval,
    },
    external_id: externalIdOf(sensor),
  };
}

/** Resolves the alerts of sensors that are back, then takes their marks away; what fails is for the next run. */
export async function endSilences(ctx: Context, back: Sensor[]): Promise<void> {
  const some = back.slice(0, MAX_RESOLVED);
  if (some.length === 0) return;
  const alertOf = await readAlerts(ctx, some);
  const over: Sensor[] = [];
  for (const sensor of some) if (await isSettled(ctx, alertOf.get(externalIdOf(sensor)))) over.push(sensor);
  // Not the mark of a silence that began since.
  const where = gt(sensors.lastSeenAt, sensors.silentSince);
  await mark(ctx, { sensors: over, action: 'sensor.return', since: null, where });
}

type RaisedAlert = Pick<typeof events.$inferSelect, 'alertId' | 'alertState'> & { isShared: number };

/** Along the index on who posted it: rows read are the silences there ever were. */
async function readAlerts(ctx: Context, back: Sensor[]): Promise<Map<string | null, RaisedAlert>> {
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(back.map(externalIdOf))}))`;
  const rows = await ctx.db
    .select({ externalId: events.externalId, alertId: events.alertId, alertState: events.alertState, isShared })
    .from(events)
    .where(and(eq(events.submittedBy, actorLabel(ctx.actor)), inArray(events.externalId, ids)));
  return new Map(rows.map((row) => [row.externalId, row]));
}

const other = alias(events, 'other');
const isOver = or(isNull(sensors.silentSince), gt(sensors.lastSeenAt, sensors.silentSince));
const sensorOfOther = sql`${other.attributes} ->> 'sensor_id'`;

/** Whether its alert gathered something else, by a grouping rule, that is not over: it is then left to people. */
const isShared = sql<number>`EXISTS (
  SELECT 1 FROM ${events} AS ${other}
  WHERE ${and(eq(other.alertId, events.alertId), isNotNull(other.alertId), isNotNull(other.dedupKey), ne(other.id, events.id))}
    AND NOT (${and(eq(other.eventType, SILENT), eq(other.submittedBy, events.submittedBy))}
      AND EXISTS (SELECT 1 FROM ${sensors} WHERE ${and(eq(sensors.id, sensorOfOther), isOver)})))`;

/**
 * Whether there is nothing left to resolve: it is done now, somebody did it, the event or alert was deleted, or the alert
 * is about more.
 */
async function isSettled(ctx: Context, raised: RaisedAlert | undefined): Promise<boolean> {
  // Its alert is still to be raised, and would stay open.
  if (raised?.alertState === 'pending') return false;
  if (!raised?.alertId || raised.isShared) return true;
  try {
    await resolveAlert({ ctx, input: { id: raised.alertId, ifMatch: undefined } });
    return true;
  } catch (error) {
    if (error instanceof ConflictError || error instanceof NotFoundError) return true;
    log.warn('alert of a sensor that is back not resolved', { alert: raised.alertId, ...describeError(error) });
    return false;
  }
}

type Mark = { sensors: Sensor[]; action: string; since: SQL | null; where: SQL | undefined };

async function mark(ctx: Context, { sensors: marked, action, since, where: condition }: Mark): Promise<void> {
  if (marked.length === 0) return;
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(marked.map(({ id }) => id))}))`;
  const where = and(inArray(sensors.id, ids), condition);
  const set = { silentSince: since };
  await ctx.db.batch([
    auditChange(ctx, { table: sensors, where, set, action, target: sql`'sensor:' || ${sensors.id}` }),
    ctx.db.update(sensors).set(set).where(where),
  ]);
}
