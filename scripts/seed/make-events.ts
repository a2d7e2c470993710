import type { events } from '../../src/events/table.ts';
import { fill } from './fill.ts';
import type { PlannedEvent } from './plan-events.ts';
import type { Random } from './random.ts';
import { SENSORS } from './sources.ts';

type EventRow = typeof events.$inferInsert;

/** The rows of planned events, one at a time, for there may be half a million. */
export function* makeEvents(random: Random, planned: PlannedEvent[]): Generator<EventRow> {
  for (const event of planned) yield makeEvent(random, event);
}

function makeEvent(random: Random, { id, at, source, scene, alertId }: PlannedEvent): EventRow {
  const [eventType, severity, template, more] = scene;
  const { text, values } = fill(random, template);
  const sensorId = SENSORS.indexOf(source.sensor) + 1;
  return {
    id,
    timestamp: new Date(at),
    source: source.name,
    eventType,
    severity,
    description: text,
    // Some sensors have no clock.
    occurredAt: random.chance(0.9) ? new Date(at - Math.round(random.around(800))) : null,
    attributes: { ...more, ...values },
    submittedBy: `sensor:${sensorId}`,
    sensorId,
    requestId: `seed-event-${id}`,
    ip: source.ip,
    origin: source.origin,
    alertState: alertId === null ? null : 'done',
    alertId,
  };
}
