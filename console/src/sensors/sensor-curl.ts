import type { SensorWithKey } from './sensor-queries.ts';

/** The command that posts an event with a sensor's key, ready to paste into a shell whatever the sensor is called. */
export function sensorCurl({ name, key }: SensorWithKey): string {
  const event = { source: name, event_type: 'test', severity: 'low', description: 'Hello, Edgewatch' };
  return [
    `curl -sS ${location.origin}/api/v1/events \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quoted(JSON.stringify(event))}`,
  ].join('\n');
}

/** In single quotes nothing means anything to a shell, but for the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
