import { isJsonObject, type JsonObject, nestsWithin } from '../core/json.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { MAX_ATTRIBUTES_BYTES, MAX_ATTRIBUTES_DEPTH, type NewEvent } from './contract.ts';

type Field = (value: unknown) => unknown;

const UNSURE = Symbol('the contract has to look at it');

// Control characters, line breaks and lone surrogates: the contract knows which of them may stand where.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for
const UNUSUAL = /[\u0000-\u001f\u007f\ud800-\udfff]/;

// A day that every month has, in UTC.
const TIME = /^2\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;

const line =
  (max: number): Field =>
  (value) =>
    typeof value === 'string' && value !== '' && value.length <= max && value.trim() === value && !UNUSUAL.test(value)
      ? value
      : UNSURE;

const FIELDS: Record<keyof NewEvent, Field> = {
  source: line(200),
  event_type: line(100),
  severity: (value) => (SEVERITIES.includes(value as Severity) ? value : UNSURE),
  description: (value) => (typeof value === 'string' && value.length <= 4000 && !UNUSUAL.test(value) ? value : UNSURE),
  occurred_at: (value) => (typeof value === 'string' && TIME.test(value) ? new Date(value) : UNSURE),
  attributes: (value) => (isJsonObject(value) && isSmall(value) ? value : UNSURE),
  dedup_key: line(200),
  external_id: line(200),
};

/** A character has at most three bytes for each of its units in UTF-8. */
function isSmall(value: JsonObject): boolean {
  return nestsWithin(value, MAX_ATTRIBUTES_DEPTH) && JSON.stringify(value).length * 3 <= MAX_ATTRIBUTES_BYTES;
}

/**
 * An event that is good at first sight, as the contract would read it: most are, and zod takes fifty times as long to
 * say so. Nothing when it is not; then the contract looks at it, and says what is wrong if anything is. A test compares
 * the two.
 */
export function plainEvent(value: unknown): NewEvent | undefined {
  if (!isJsonObject(value)) return undefined;
  const event: JsonObject = { description: '', attributes: {} };
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(FIELDS, key)) return undefined;
    const read = FIELDS[key as keyof NewEvent](value[key]);
    if (read === UNSURE) return undefined;
    event[key] = read;
  }
  return event.source && event.event_type && event.severity ? (event as NewEvent) : undefined;
}
