import { randomToken, sha256 } from '../core/digest.ts';

const PREFIX = 'ews_';
const SHAPE = /^ews_[\w-]{43}$/;

/** A new key: 256 random bits behind a prefix that secret scanners can know. Shown once, stored hashed. */
export function newSensorKey(): { key: string; keyPrefix: string; keyHash: string } {
  const key = PREFIX + randomToken(32);
  return { key, keyPrefix: key.slice(0, PREFIX.length + 6), keyHash: sha256(key) };
}

/** Whether a bearer token says of itself that it is a sensor key. */
export function isSensorKey(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** Whether a sensor may have this key; nothing else is worth a look into the database. */
export function couldBeSensorKey(key: string): boolean {
  return SHAPE.test(key);
}

/** What a revoked sensor has for a key: an empty prefix, and a hash that no key has. */
export function noSensorKey(sensorId: number): { keyPrefix: string; keyHash: string } {
  return { keyPrefix: '', keyHash: `revoked:${sensorId}` };
}

export function isRevoked(sensor: { keyPrefix: string }): boolean {
  return sensor.keyPrefix === '';
}
