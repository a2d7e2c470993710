import { newSensorKey } from '../../src/sensors/sensor-key.ts';
import type { sensors } from '../../src/sensors/table.ts';
import type { Entry } from './history.ts';
import { HOUR, MINUTE, type Period } from './period.ts';
import type { PlannedEvent } from './plan-events.ts';
import type { Random } from './random.ts';
import { SENSORS } from './sources.ts';

type Plan = { planned: PlannedEvent[]; admin: string; period: Period };

/** The sensors that posted the events, with what they counted. Nobody has their keys; an admin can rotate them. */
export function makeSensors(random: Random, { planned, admin, period }: Plan) {
  const posted = Map.groupBy(planned, ({ source }) => source.sensor);
  const log: Entry[] = [];
  const rows = SENSORS.map((name, index): typeof sensors.$inferSelect => {
    const { keyPrefix, keyHash } = newSensorKey();
    const events = posted.get(name) ?? [];
    const last = events.at(-1);
    const id = index + 1;
    const at = period.from - HOUR / 2 + index * MINUTE;
    const after = { name, key_prefix: keyPrefix, expected_interval: null };
    log.push({ at, actor: `user:${admin}`, action: 'sensor.create', target: `sensor:${id}`, after });
    return {
      id,
      name,
      keyPrefix,
      keyHash,
      previousKeyHash: null,
      previousKeyUntil: null,
      enabled: true,
      expectedInterval: null,
      watchOrigin: true,
      silentSince: null,
      lastSeenAt: last ? new Date(last.at) : null,
      accepted: events.length,
      duplicates: Math.round(events.length * 0.004 * random.next()),
      rejected: Math.round(events.length * 0.002 * random.next()),
      createdAt: new Date(at),
    };
  });
  return { rows, log };
}
